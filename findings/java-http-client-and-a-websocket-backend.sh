#!/usr/bin/env bash
# Java's HttpClient cannot GET from a Node.js server that also has a WebSocket server of npm's `ws`.
#
# With its defaults, java.net.http.HttpClient adds `Connection: Upgrade, HTTP2-Settings` and `Upgrade:
# h2c` to each plain http:// request. Node.js gives whatever asks for an upgrade to the listener of
# `upgrade` as soon as there is one, and never to the handler of requests. `ws` registers such a
# listener, and answers what is no WebSocket handshake: a GET gets 400, a POST 405. The same request
# of curl gets its 200, and the same HttpClient gets it until the backend adds its first WebSocket.
#
# What to do: HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1) for such backends.
#
# Uses npm's ws 8.23.0 and Java (17 or later; seen with 17.0.15 and 25.0.3) with Node.js 20 or later,
# in a folder of its own that is removed.
set -euo pipefail

folder=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"
npm install --no-save --no-audit --no-fund --loglevel=error ws@8.23.0 >/dev/null

cat >backend.cjs <<'EOF'
const { createServer } = require('node:http');
const { WebSocketServer } = require('ws');

const answer = (request, response) => request.resume().on('end', () => response.end('ok'));
const plain = createServer(answer);
const both = createServer(answer);
new WebSocketServer({ server: both });
plain.listen(0, '127.0.0.1', () => both.listen(0, '127.0.0.1', () =>
  console.log(`${plain.address().port} ${both.address().port}`)));
EOF
node backend.cjs >ports &
until [ -s ports ]; do sleep 0.1; done

cat >Probe.java <<'EOF'
import java.net.URI;
import java.net.http.*;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

public class Probe {
    public static void main(String[] args) throws Exception {
        HttpClient usual = HttpClient.newHttpClient();
        HttpClient http11 = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        for (String kind : new String[] {"without ws", "with ws"}) {
            String port = args[kind.equals("with ws") ? 1 : 0];
            URI uri = URI.create("http://127.0.0.1:" + port + "/");
            HttpRequest get = HttpRequest.newBuilder(uri).build();
            HttpRequest post = HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString("x")).build();
            System.out.printf("%s: GET %d, POST %d; HTTP_1_1: GET %d, POST %d%n", kind,
                    status(usual, get), status(usual, post), status(http11, get), status(http11, post));
        }
    }

    static int status(HttpClient client, HttpRequest request) throws Exception {
        return client.send(request, BodyHandlers.discarding()).statusCode();
    }
}
EOF
java -version 2>&1 | head -1
java Probe.java $(cat ports) | tee seen
cat >expected <<'EOF'
without ws: GET 200, POST 200; HTTP_1_1: GET 200, POST 200
with ws: GET 400, POST 405; HTTP_1_1: GET 200, POST 200
EOF
diff expected seen && echo "As described."
