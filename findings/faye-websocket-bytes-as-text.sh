#!/usr/bin/env bash
# npm's faye-websocket sends a Uint8Array as the text "104,105".
#
# `send(new Uint8Array([104, 105]))` of browsers and of npm's `ws` sends a binary message of two
# bytes. faye-websocket knows Buffer alone; what else it is given, an ArrayBuffer too, is made a
# string. Nothing fails: the server gets a text message, "104,105" or "[object ArrayBuffer]". Code
# that was written against the browser's interface, or that passes on what TextEncoder and crypto
# return, so sends garbage that arrives as a valid message.
#
# What to do: Buffer.from(bytes) before send(). A server that sees digits and commas in a text where
# binary was meant has such a client.
#
# Uses npm's packages faye-websocket 0.11.4 and ws 8.23.0, in a folder of its own that is removed.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --no-save --no-audit --no-fund --loglevel=error \
  faye-websocket@0.11.4 ws@8.23.0 >/dev/null

cat >probe.cjs <<'EOF'
const Ws = require('ws');
const faye = require('faye-websocket');

const bytes = new Uint8Array([104, 105]);
const sent = { Uint8Array: bytes, ArrayBuffer: bytes.buffer, Buffer: Buffer.from(bytes) };
const server = new Ws.WebSocketServer({ port: 0, host: '127.0.0.1' }, async () => {
  const url = `ws://127.0.0.1:${server.address().port}/`;
  for (const [name, Client] of [['ws', Ws], ['faye-websocket', faye.Client]]) {
    for (const [type, data] of Object.entries(sent)) {
      const arrived = new Promise((resolve) => server.once('connection', (peer) =>
        peer.once('message', (m, binary) =>
          resolve(binary ? `binary ${m.toString('hex')}` : `text ${m}`))));
      const client = new Client(url);
      client.onopen = () => client.send(data);
      console.log(`${name} sends a ${type}: ${await arrived}`);
      client.close();
    }
  }
  process.exit(0);
});
EOF
node probe.cjs | tee seen
cat >expected <<'EOF'
ws sends a Uint8Array: binary 6869
ws sends a ArrayBuffer: binary 6869
ws sends a Buffer: binary 6869
faye-websocket sends a Uint8Array: text 104,105
faye-websocket sends a ArrayBuffer: text [object ArrayBuffer]
faye-websocket sends a Buffer: binary 6869
EOF
diff expected seen && echo "As described."
