#!/usr/bin/env bash
# Clients that are no browsers send an Origin that nobody asked them to send, and not as browsers do.
#
# Browsers alone are said to send Origin, so servers let in who sends none and compare exactly what
# comes. But Netty's client sends one by default; Vert.x, which is built on it, too; websocket-client
# as well; Tyrus writes the host's name as it was typed, where browsers write it in lower case. Go's
# x/net/websocket insists on an origin and sends it as given: its documentation gives
# "http://localhost/", with a final slash, which no browser ever sends.
#
# What to do: compare scheme, host and port, without regard to case and without a lone final slash.
# A refused Origin is no proof of an evil page.
#
# Uses Maven Central's netty-codec-http 4.1.128.Final (by vertx-core 4.5.22) and
# tyrus-standalone-client 2.2.0, npm's ws 8.23.0, Debian's python3-websocket 1.2.3 and
# golang-golang-x-net-dev 0.7.0, in a folder of its own that is removed. Needs Java 17 or later,
# Maven, Node.js, Python 3 and Debian's Go (golang-go).
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
    $(dependency io.vertx vertx-core 4.5.22)
    $(dependency org.glassfish.tyrus.bundles tyrus-standalone-client 2.2.0)
  </dependencies>
</project>
EOF
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib >/dev/null
npm install --no-save --no-audit --no-fund --loglevel=error ws@8.23.0 >/dev/null
apt-get -q -o APT::Sandbox::User=root download python3-websocket=1.2.3-1 python3-six \
  golang-golang-x-net-dev=1:0.7.0+dfsg-1 golang-golang-x-text-dev >/dev/null
for package in *.deb; do dpkg -x "$package" root; done

# The server prints the Origin of each request, without the port, and refuses it.
cat >server.py <<'EOF'
import re, socket
listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
while True:
    peer = listener.accept()[0]
    head = b""
    while b"\r\n\r\n" not in head:
        head += peer.recv(4096)
    origin = re.search(rb"(?im)^origin:\s*(.*?)\r$", head)
    name = head.split()[1].decode().strip("/")
    with open("origins", "a") as origins:
        told = re.sub(r":\d+", "", origin.group(1).decode()) if origin else "none"
        origins.write("%s: %s\n" % (name, told))
    peer.sendall(b"HTTP/1.1 403 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    peer.close()
EOF
/usr/bin/python3 server.py >port &
until [ -s port ]; do sleep 0.1; done
base=ws://LocalHost:$(cat port)

cat >Probe.java <<'EOF'
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.*;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.*;
import io.netty.handler.codec.http.websocketx.*;
import java.net.URI;

public class Probe {
    public static void main(String[] args) throws Exception {
        URI netty = URI.create(args[0] + "/Netty");
        new Bootstrap().group(new NioEventLoopGroup()).channel(NioSocketChannel.class).handler(
                new ChannelInitializer<SocketChannel>() {
            @Override protected void initChannel(SocketChannel channel) {
                channel.pipeline().addLast(new HttpClientCodec(), new HttpObjectAggregator(8192),
                        new WebSocketClientProtocolHandler(WebSocketClientHandshakerFactory
                                .newHandshaker(netty, WebSocketVersion.V13, null, false, null)));
            }
        }).connect("127.0.0.1", netty.getPort()).sync().channel().closeFuture().sync();
        var vertx = io.vertx.core.Vertx.vertx().createWebSocketClient().connect(
                new io.vertx.core.http.WebSocketConnectOptions()
                        .setHost("LocalHost").setPort(netty.getPort()).setURI("/Vert.x"));
        vertx.toCompletionStage().toCompletableFuture().exceptionally(e -> null).join();
        try {
            org.glassfish.tyrus.client.ClientManager.createClient().connectToServer(
                    new jakarta.websocket.Endpoint() {
                @Override public void onOpen(
                        jakarta.websocket.Session s, jakarta.websocket.EndpointConfig config) {}
            }, URI.create(args[0] + "/Tyrus"));
        } catch (jakarta.websocket.DeploymentException refused) {
        }
        System.exit(0);
    }
}
EOF
timeout 60 java -cp 'lib/*' Probe.java "$base" >/dev/null 2>&1
PYTHONPATH=root/usr/lib/python3/dist-packages /usr/bin/python3 - "$base/websocket-client" <<'EOF'
import sys, websocket
try:
    websocket.create_connection(sys.argv[1])
except websocket.WebSocketBadStatusException:
    pass
EOF
cat >probe.go <<'EOF'
package main

import (
	"os"

	"golang.org/x/net/websocket"
)

func main() { websocket.Dial(os.Args[1], "", "http://localhost/") }
EOF
GO111MODULE=off GOPATH=$folder/root/usr/share/gocode GOCACHE=$folder/go-cache \
  go run probe.go "$base/x/net/websocket"
node -e '
  const socket = new (require("ws"))(process.argv[1]);
  socket.on("error", () => process.exit(0));' "$base/ws"

tee seen <origins
cat >expected <<'EOF'
Netty: http://localhost
Vert.x: http://localhost
Tyrus: http://LocalHost
websocket-client: http://localhost
x/net/websocket: http://localhost/
ws: none
EOF
diff expected seen && echo "As described."
