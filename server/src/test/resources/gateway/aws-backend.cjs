// A backend that was written for API Gateway of AWS: the endpoint, the key and a connection are all
// that it is told. Prints what it sees.
const {
  ApiGatewayManagementApiClient: Client,
  DeleteConnectionCommand,
  GetConnectionCommand,
  PostToConnectionCommand,
} = require("@aws-sdk/client-apigatewaymanagementapi");

const [endpoint, accessKeyId, ConnectionId] = process.argv.slice(2);
const client = new Client({
  endpoint,
  region: "eu-central-1",
  credentials: { accessKeyId, secretAccessKey: "not looked at" },
  maxAttempts: 1,
});

async function say(name, command) {
  try {
    const { $metadata, Identity } = await client.send(command);
    console.log(name, $metadata.httpStatusCode, Identity?.SourceIp ?? "");
  } catch (error) {
    console.log(name, error.name, error.$metadata?.httpStatusCode);
  }
}

// The client still has to agree.
async function untilGone() {
  try {
    for (;;) {
      await client.send(new GetConnectionCommand({ ConnectionId }));
      await new Promise((goOn) => setTimeout(goOn, 50));
    }
  } catch {
    return;
  }
}

async function main() {
  await say("text", new PostToConnectionCommand({ ConnectionId, Data: "hällo" }));
  await say("bytes", new PostToConnectionCommand({ ConnectionId, Data: Uint8Array.of(0, 255) }));
  await say("get", new GetConnectionCommand({ ConnectionId }));
  await say("delete", new DeleteConnectionCommand({ ConnectionId }));
  await untilGone();
  await say("again", new PostToConnectionCommand({ ConnectionId, Data: "x" }));
  await say("gone", new GetConnectionCommand({ ConnectionId }));
}

main();
