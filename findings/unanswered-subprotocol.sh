#!/usr/bin/env bash
# A server that ignores Sec-WebSocket-Protocol is refused by half of the clients, and works with the
# other half.
#
# RFC 6455 lets a server pick none of the subprotocols that a client asks for: it answers without the
# header, and the connection stands. The HTML standard then fails the connection, and npm's ws,
# Node.js, Java-WebSocket and Netty do as browsers do; python-websockets, gorilla and Java's own client
# open it and say that no subprotocol was chosen. So a client that was tried with one of these passes
# its tests, and the page that asks for the same subprotocol cannot connect, against the same server.
#
# What to do: ask for a subprotocol only where the server answers it; as a server, answer one of those
# asked for if you mean to serve pages that ask.
#
# Uses npm's node 22.23.3 and ws 8.23.0, Maven Central's Java-WebSocket 1.6.0 and vertx-core 4.5.22
# (for its Netty 4.1.128.Final), Debian's python3-websockets 10.4 and golang-github-gorilla-websocket-dev
# 1.5.0, in a folder of its own that is removed. Needs Java 17 or later, Maven, Python 3.11 and Debian's
# Go (golang-go).
set -euo pipefail

folder=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"

dependency() {
  echo "<dependency><groupId>$1</groupId><artifactId>$2</artifactId><version>$3</version></dependency>"
}
cat >pom.xml <<EOF
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>probe</groupId><artifactId>probe</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
    $(dependency org.java-websocket Java-WebSocket 1.6.0)
    $(dependency io.vertx vertx-core 4.5.22)
  </dependencies>
</project>
EOF
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib >/dev/null
npm install --no-save --no-audit --no-fund --loglevel=error node@22.23.3 ws@8.23.0 >/dev/null
apt-get -q -o APT::Sandbox::User=root download python3-websockets=10.4-1 \
  golang-github-gorilla-websocket-dev=1.5.0-2 >/dev/null
for package in *.deb; do dpkg -x "$package" root; done

# The server: answers the upgrade without a subprotocol, and keeps the connection.
cat >server.py <<'EOF'
import base64, hashlib, re, socket
MAGIC = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
peers = []
while True:
    peer = listener.accept()[0]
    head = b""
    while b"\r\n\r\n" not in head:
        head += peer.recv(4096)
    assert re.search(rb"(?im)^sec-websocket-protocol: chat", head)
    key = re.search(rb"(?im)^sec-websocket-key:\s*(\S+)", head).group(1)
    peer.sendall(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                 b"Sec-WebSocket-Accept: " + base64.b64encode(hashlib.sha1(key + MAGIC).digest())
                 + b"\r\n\r\n")
    peers.append(peer)
EOF
/usr/bin/python3 server.py >port &
until [ -s port ]; do sleep 0.1; done
url=ws://127.0.0.1:$(cat port)/

cat >probe.cjs <<'EOF'
const [url, name] = process.argv.slice(2);
const socket = new (name === 'ws' ? require('ws') : WebSocket)(url, ['chat']);
socket.onopen = () => { console.log(`${name}: open`); process.exit(0); };
socket.onerror = () => { console.log(`${name}: fails`); process.exit(0); };
EOF
cat >Probe.java <<'EOF'
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.java_websocket.protocols.*;

public class Probe {
    public static void main(String[] args) throws Exception {
        URI uri = URI.create(args[0]);
        var draft = new org.java_websocket.drafts.Draft_6455(List.of(), List.of(new Protocol("chat")));
        CompletableFuture<String> told = new CompletableFuture<>();
        new org.java_websocket.client.WebSocketClient(uri, draft) {
            @Override public void onOpen(org.java_websocket.handshake.ServerHandshake h) {
                told.complete("open");
            }
            @Override public void onMessage(String message) {}
            @Override public void onError(Exception e) {}
            @Override public void onClose(int code, String reason, boolean remote) {
                told.complete("fails");
            }
        }.connect();
        System.out.println("Java-WebSocket: " + told.get());
        String vertx = io.vertx.core.Vertx.vertx().createWebSocketClient().connect(
                new io.vertx.core.http.WebSocketConnectOptions().setHost("127.0.0.1")
                        .setPort(uri.getPort()).setURI("/").setSubProtocols(List.of("chat")))
                .toCompletionStage().toCompletableFuture()
                .handle((socket, failure) -> failure == null ? "open" : "fails").get();
        System.out.println("Netty (Vert.x): " + vertx);
        String jdk = java.net.http.HttpClient.newHttpClient().newWebSocketBuilder()
                .subprotocols("chat").buildAsync(uri, new java.net.http.WebSocket.Listener() {})
                .handle((socket, failure) -> failure == null ? "open" : "fails").get();
        System.out.println("java.net.http: " + jdk);
        System.exit(0);
    }
}
EOF
cat >probe.go <<'EOF'
package main

import (
	"fmt"
	"os"

	"github.com/gorilla/websocket"
)

func main() {
	dialer := websocket.Dialer{Subprotocols: []string{"chat"}}
	if _, _, err := dialer.Dial(os.Args[1], nil); err != nil {
		fmt.Println("gorilla: fails")
	} else {
		fmt.Println("gorilla: open")
	}
}
EOF
{
  ./node_modules/node/bin/node probe.cjs "$url" ws
  ./node_modules/node/bin/node probe.cjs "$url" Node.js
  timeout 60 java -cp 'lib/*' Probe.java "$url" 2>/dev/null
  PYTHONPATH=root/usr/lib/python3/dist-packages /usr/bin/python3 - "$url" <<'EOF'
import asyncio, sys, websockets

async def probe():
    try:
        await websockets.connect(sys.argv[1], subprotocols=["chat"], close_timeout=0.1)
        return "open"
    except websockets.InvalidHandshake:
        return "fails"

print("websockets:", asyncio.run(probe()))
EOF
  GO111MODULE=off GOPATH=$folder/root/usr/share/gocode GOCACHE=$folder/go-cache go run probe.go "$url"
} | tee seen
cat >expected <<'EOF'
ws: fails
Node.js: fails
Java-WebSocket: fails
Netty (Vert.x): fails
java.net.http: open
websockets: open
gorilla: open
EOF
diff expected seen && echo "As described."
