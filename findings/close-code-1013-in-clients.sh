#!/usr/bin/env bash
# Close code 1013, "try again later", arrives as a protocol error in several clients.
#
# IANA registered 1012 (service restart), 1013 (try again later) and 1014 (bad gateway) after
# RFC 6455 had been written. A server that is overloaded and closes with 1013 means "come back soon".
# Clients whose table of valid codes is that of the RFC take the frame for a violation of the
# protocol instead: Tomcat's client (and so Spring's StandardWebSocketClient) tells its application
# 1002, Undertow's raises an error, websocket-client raises "Invalid close opcode" and faye-websocket
# says 1002. By the meaning of 1002 such a client should NOT come back. Codes from 4000 on, which
# belong to the application, arrive as they are everywhere.
#
# What to do: for what a client is to act on, use a code of your own from 4000 to 4999.
#
# Uses Maven Central's tomcat-embed-websocket 11.0.13, undertow-core 2.3.20.Final and Java-WebSocket
# 1.6.0, npm's faye-websocket 0.11.4 and ws 8.23.0, Debian's python3-websocket 1.2.3, in a folder of
# its own that is removed. Needs Java 17 or later, Maven, Node.js and Python 3.
set -euo pipefail

folder=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; rm -rf "$folder"' EXIT
cd "$folder"

cat >pom.xml <<'EOF'
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>probe</groupId><artifactId>probe</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>org.apache.tomcat.embed</groupId><artifactId>tomcat-embed-websocket</artifactId>
      <version>11.0.13</version>
    </dependency>
    <dependency>
      <groupId>io.undertow</groupId><artifactId>undertow-core</artifactId>
      <version>2.3.20.Final</version>
    </dependency>
    <dependency>
      <groupId>org.java-websocket</groupId><artifactId>Java-WebSocket</artifactId>
      <version>1.6.0</version>
    </dependency>
  </dependencies>
</project>
EOF
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib >/dev/null
npm install --no-save --no-audit --no-fund --loglevel=error \
  faye-websocket@0.11.4 ws@8.23.0 >/dev/null
apt-get -q -o APT::Sandbox::User=root download python3-websocket=1.2.3-1 python3-six >/dev/null
for package in *.deb; do dpkg -x "$package" root; done

# The server: answers the upgrade, and closes with the code that the path names.
cat >server.py <<'EOF'
import base64, hashlib, socket, threading

def serve(peer):
    head = b""
    while b"\r\n\r\n" not in head:
        head += peer.recv(4096)
    code = int(head.split()[1].strip(b"/"))
    key = [l.split(b":", 1)[1].strip() for l in head.split(b"\r\n")
           if l.lower().startswith(b"sec-websocket-key:")][0]
    magic = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
    peer.sendall(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                 b"Sec-WebSocket-Accept: " + base64.b64encode(hashlib.sha1(key + magic).digest())
                 + b"\r\n\r\n\x88\x02" + code.to_bytes(2, "big"))
    try:
        peer.settimeout(2)
        while peer.recv(4096):
            pass
    except OSError:
        pass
    peer.close()

listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
while True:
    threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()
EOF
/usr/bin/python3 server.py >port &
until [ -s port ]; do sleep 0.1; done
base=ws://127.0.0.1:$(cat port)

cat >Probe.java <<'EOF'
import jakarta.websocket.*;
import java.net.URI;
import java.util.concurrent.*;

public class Probe {
    public static void main(String[] args) throws Exception {
        for (String code : new String[] {"1013", "4013"}) {
            URI uri = URI.create(args[0] + "/" + code);
            System.out.println("Tomcat: " + code + " arrives as " + tomcat(uri));
            System.out.println("Undertow: " + code + " arrives as " + undertow(uri));
            System.out.println("Java-WebSocket: " + code + " arrives as " + javaWebSocket(uri));
        }
        System.exit(0);
    }

    static String tomcat(URI uri) throws Exception {
        CompletableFuture<String> told = new CompletableFuture<>();
        ContainerProvider.getWebSocketContainer().connectToServer(new Endpoint() {
            @Override public void onOpen(Session session, EndpointConfig config) {}
            @Override public void onClose(Session session, CloseReason reason) {
                told.complete("" + reason.getCloseCode().getCode());
            }
        }, ClientEndpointConfig.Builder.create().build(), uri);
        return told.get(10, TimeUnit.SECONDS);
    }

    static String undertow(URI uri) throws Exception {
        CompletableFuture<String> told = new CompletableFuture<>();
        org.xnio.XnioWorker worker = org.xnio.Xnio.getInstance().createWorker(
                org.xnio.OptionMap.create(org.xnio.Options.WORKER_IO_THREADS, 1));
        io.undertow.connector.ByteBufferPool pool =
                new io.undertow.server.DefaultByteBufferPool(false, 1024);
        var channel = io.undertow.websockets.client.WebSocketClient
                .connectionBuilder(worker, pool, uri).connect().get();
        channel.getReceiveSetter().set(new io.undertow.websockets.core.AbstractReceiveListener() {
            @Override protected void onFullCloseMessage(
                    io.undertow.websockets.core.WebSocketChannel c,
                    io.undertow.websockets.core.BufferedBinaryMessage message) {
                told.complete("" + (message.getData().getResource()[0].getShort() & 0xffff));
            }
            @Override protected void onError(
                    io.undertow.websockets.core.WebSocketChannel c, Throwable error) {
                told.complete(error.getClass().getSimpleName());
            }
        });
        channel.resumeReceives();
        return told.get(10, TimeUnit.SECONDS);
    }

    static String javaWebSocket(URI uri) throws Exception {
        CompletableFuture<String> told = new CompletableFuture<>();
        new org.java_websocket.client.WebSocketClient(uri) {
            @Override public void onOpen(org.java_websocket.handshake.ServerHandshake h) {}
            @Override public void onMessage(String message) {}
            @Override public void onError(Exception e) {}
            @Override public void onClose(int code, String reason, boolean remote) {
                told.complete("" + code);
            }
        }.connect();
        return told.get(10, TimeUnit.SECONDS);
    }
}
EOF
cat >probe.cjs <<'EOF'
const clients = { ws: require('ws'), 'faye-websocket': require('faye-websocket').Client };
(async () => {
  for (const code of ['1013', '4013']) {
    for (const [name, Client] of Object.entries(clients)) {
      const told = await new Promise((resolve) => {
        const socket = new Client(`${process.argv[2]}/${code}`);
        socket.onerror = () => {};
        socket.onclose = (event) => resolve(event.code);
      });
      console.log(`${name}: ${code} arrives as ${told}`);
    }
  }
  process.exit(0);
})();
EOF
cat >probe.py <<'EOF'
import sys, websocket
for code in ("1013", "4013"):
    try:
        opcode, data = websocket.create_connection(sys.argv[1] + "/" + code).recv_data()
        told = int.from_bytes(data[:2], "big")
    except websocket.WebSocketException as error:
        told = "%s: %s" % (type(error).__name__, error)
    print("websocket-client: %s arrives as %s" % (code, told))
EOF
{
  java -cp 'lib/*' Probe.java "$base" 2>/dev/null
  node probe.cjs "$base"
  PYTHONPATH=root/usr/lib/python3/dist-packages /usr/bin/python3 probe.py "$base"
} | tee seen
cat >expected <<'EOF'
Tomcat: 1013 arrives as 1002
Undertow: 1013 arrives as WebSocketInvalidCloseCodeException
Java-WebSocket: 1013 arrives as 1013
Tomcat: 4013 arrives as 4013
Undertow: 4013 arrives as 4013
Java-WebSocket: 4013 arrives as 4013
ws: 1013 arrives as 1013
faye-websocket: 1013 arrives as 1002
ws: 4013 arrives as 4013
faye-websocket: 4013 arrives as 4013
websocket-client: 1013 arrives as WebSocketProtocolException: Invalid close opcode.
websocket-client: 4013 arrives as 4013
EOF
diff expected seen && echo "As described."
