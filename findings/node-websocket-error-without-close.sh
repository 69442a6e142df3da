#!/usr/bin/env bash
# Node.js 22: a WebSocket that cannot connect fires `error`, and `close` never comes.
#
# The HTML standard says that a connection that fails fires `error` and then `close` (code 1006),
# also when the opening handshake has failed. So code that comes back after a loss is written in the
# listener of `close` alone, and it does come back in browsers. In Node.js 22 the global WebSocket
# fires `close` only if it was open before: a refused port, or a server that answers 503 during a
# deployment, leaves such code waiting for ever. readyState stays 0, CONNECTING, so a watchdog that
# looks at it is deceived too. npm's `ws` fires both, and readyState is 3, CLOSED.
#
# What to do: let whichever of `error` and `close` comes first count as the end, once.
#
# Uses npm's packages node 22.23.3 and ws 8.23.0, in a folder of its own that is removed.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --no-save --no-audit --no-fund --loglevel=error node@22.23.3 ws@8.23.0 >/dev/null

cat >probe.cjs <<'EOF'
const { createServer } = require('node:http');
const Ws = require('ws');

function events(Client, url) {
  return new Promise((resolve) => {
    const seen = [];
    const socket = new Client(url);
    for (const type of ['open', 'error', 'close']) {
      socket.addEventListener(type, (e) => seen.push(type === 'close' ? `close ${e.code}` : type));
    }
    setTimeout(() => resolve(`${seen.join(', ')}; readyState ${socket.readyState}`), 3000);
  });
}

const busy = createServer((_, response) => response.writeHead(503).end());
busy.on('upgrade', (_, socket) => socket.end('HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n'));
const closed = createServer();
closed.listen(0, '127.0.0.1', () => busy.listen(0, '127.0.0.1', async () => {
  const refused = `ws://127.0.0.1:${closed.address().port}/`;
  await new Promise((done) => closed.close(done));
  const answers503 = `ws://127.0.0.1:${busy.address().port}/`;
  console.log(`node refused: ${await events(WebSocket, refused)}`);
  console.log(`node 503:     ${await events(WebSocket, answers503)}`);
  console.log(`ws   refused: ${await events(Ws, refused)}`);
  console.log(`ws   503:     ${await events(Ws, answers503)}`);
  process.exit(0);
}));
EOF
node=./node_modules/node/bin/node
echo "Node.js $("$node" --version)"
"$node" probe.cjs 2>/dev/null | tee seen
cat >expected <<'EOF'
node refused: error; readyState 0
node 503:     error; readyState 0
ws   refused: error, close 1006; readyState 3
ws   503:     error, close 1006; readyState 3
EOF
diff expected seen && echo "As described."
