#!/usr/bin/env bash
# A text of 8,193 bytes is too long for Tomcat's client, a frame of 65,537 bytes for Vert.x's, and the
# application of Vert.x is told no reason.
#
# RFC 6455 allows messages of any size, and most clients take what comes. These two have a limit that
# nobody set: Tomcat's 8,192 bytes of a text for a listener of whole messages, however the text is
# cut into frames (Spring's StandardWebSocketClient inherits it); Vert.x's 65,536 bytes of one
# *frame*, however long the message. Tests with short messages pass; the first long one ends the
# connection. Tomcat says 1009, "too big". Vert.x ends the connection and its application gets no
# close code at all, as after a cut cable: it comes back, asks again, and is cut off again.
#
# What to do: set the client's limit to what the server may send; a server sends what may be long in
# portions below 8 KiB, or at least in frames of at most 64 KiB.
#
# Uses Maven Central's tomcat-embed-websocket 11.0.13 and vertx-core 4.5.22, in a folder of its own
# that is removed. Needs Java 17 or later, Maven and Python 3.
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
    $(dependency org.apache.tomcat.embed tomcat-embed-websocket 11.0.13)
    $(dependency io.vertx vertx-core 4.5.22)
  </dependencies>
</project>
EOF
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib >/dev/null

# The server: answers the upgrade, and sends one text of as many bytes as the path says, in frames of
# at most as many as it says after that.
cat >server.py <<'EOF'
import base64, hashlib, socket, struct, threading

def exactly(peer, n):
    data = b""
    while len(data) < n:
        part = peer.recv(n - len(data))
        if not part:
            raise OSError
        data += part
    return data

def serve(peer):
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        head += exactly(peer, 1)
    size, most = map(int, head.split()[1].strip(b"/").split(b"/"))
    key = [l.split(b":", 1)[1].strip() for l in head.split(b"\r\n")
           if l.lower().startswith(b"sec-websocket-key:")][0]
    magic = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
    out = (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
           b"Sec-WebSocket-Accept: " + base64.b64encode(hashlib.sha1(key + magic).digest())
           + b"\r\n\r\n")
    for at in range(0, size, most):
        n = min(most, size - at)
        first = (0 if at else 1) | (0x80 if at + n == size else 0)
        length = struct.pack("!BH", 126, n) if n < 65536 else struct.pack("!BQ", 127, n)
        out += bytes([first]) + (bytes([n]) if n < 126 else length) + b"x" * n
    peer.sendall(out)
    try:
        exactly(peer, 1)
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

cat >Probe.java <<'EOF'
import java.net.URI;
import java.util.concurrent.*;

public class Probe {
    static String base;

    interface Client { void connect(URI uri, CompletableFuture<String> told) throws Exception; }

    public static void main(String[] args) throws Exception {
        base = args[0];
        try_("Tomcat", Probe::tomcat, 8192, 8192);
        try_("Tomcat", Probe::tomcat, 8193, 8193);
        try_("Tomcat", Probe::tomcat, 8193, 4096);
        try_("Vert.x", Probe::vertx, 65536, 65536);
        try_("Vert.x", Probe::vertx, 65537, 65537);
        try_("Vert.x", Probe::vertx, 65537, 32768);
        System.exit(0);
    }

    static void try_(String name, Client client, int size, int frame) throws Exception {
        CompletableFuture<String> told = new CompletableFuture<>();
        client.connect(URI.create(base + "/" + size + "/" + frame), told);
        System.out.printf("%s, text of %d in frames of %d: %s%n",
                name, size, frame, told.get(20, TimeUnit.SECONDS));
    }

    static void tomcat(URI uri, CompletableFuture<String> told) throws Exception {
        jakarta.websocket.ContainerProvider.getWebSocketContainer().connectToServer(
                new jakarta.websocket.Endpoint() {
            @Override public void onOpen(
                    jakarta.websocket.Session session, jakarta.websocket.EndpointConfig config) {
                session.addMessageHandler(String.class, text -> told.complete("text of " + text.length()));
            }
            @Override public void onClose(
                    jakarta.websocket.Session s, jakarta.websocket.CloseReason reason) {
                told.complete("closed, " + reason.getCloseCode().getCode());
            }
        }, jakarta.websocket.ClientEndpointConfig.Builder.create().build(), uri);
    }

    static void vertx(URI uri, CompletableFuture<String> told) {
        io.vertx.core.http.WebSocketConnectOptions options =
                new io.vertx.core.http.WebSocketConnectOptions()
                        .setHost(uri.getHost()).setPort(uri.getPort()).setURI(uri.getPath());
        io.vertx.core.Vertx.vertx().createWebSocketClient().connect(options).onSuccess(socket -> {
            socket.exceptionHandler(error -> {});
            socket.closeHandler(ignored -> told.complete("closed, " + socket.closeStatusCode()));
            socket.textMessageHandler(text -> told.complete("text of " + text.length()));
        });
    }
}
EOF
timeout 60 java -cp 'lib/*' Probe.java "ws://127.0.0.1:$(cat port)" 2>/dev/null | tee seen
cat >expected <<'EOF'
Tomcat, text of 8192 in frames of 8192: text of 8192
Tomcat, text of 8193 in frames of 8193: closed, 1009
Tomcat, text of 8193 in frames of 4096: closed, 1009
Vert.x, text of 65536 in frames of 65536: text of 65536
Vert.x, text of 65537 in frames of 65537: closed, null
Vert.x, text of 65537 in frames of 32768: text of 65537
EOF
diff expected seen && echo "As described."
