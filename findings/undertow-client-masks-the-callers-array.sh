#!/usr/bin/env bash
# Undertow's WebSocket client masks the array that it is given, in place.
#
# A client's frames are masked: each byte is combined with a random key. Undertow's client writes the
# masked bytes back into the ByteBuffer of the caller. `WebSockets.sendBinaryBlocking(ByteBuffer
# .wrap(bytes), ...)` so leaves garbage in `bytes`; whoever sends the same array to a second
# connection, sends it again after a loss, or keeps it in a history, sends garbage, and no call fails.
# The same call on a server's channel changes nothing, for a server does not mask.
#
# What to do: give the client a copy.
#
# Uses Maven Central's undertow-core 2.3.20.Final in a folder of its own that is removed. Needs Java
# 17 or later, and Maven.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat >pom.xml <<'EOF'
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>probe</groupId><artifactId>probe</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>io.undertow</groupId><artifactId>undertow-core</artifactId>
      <version>2.3.20.Final</version>
    </dependency>
  </dependencies>
</project>
EOF
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib >/dev/null

cat >Probe.java <<'EOF'
import io.undertow.*;
import io.undertow.server.DefaultByteBufferPool;
import io.undertow.websockets.client.WebSocketClient;
import io.undertow.websockets.core.*;
import java.net.*;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.*;
import org.xnio.*;

public class Probe {
    static final byte[] HELLO = "hello".getBytes();
    static final BlockingQueue<String> arrived = new LinkedBlockingQueue<>();

    public static void main(String[] args) throws Exception {
        byte[] ofServer = HELLO.clone();
        Undertow server = Undertow.builder().addHttpListener(0, "127.0.0.1").setHandler(
                Handlers.websocket((exchange, channel) -> {
                    listen(channel);
                    try {
                        WebSockets.sendBinaryBlocking(ByteBuffer.wrap(ofServer), channel);
                    } catch (java.io.IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                })).build();
        server.start();
        int port = ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
        XnioWorker worker = Xnio.getInstance().createWorker(OptionMap.EMPTY);
        WebSocketChannel channel = WebSocketClient.connectionBuilder(
                worker, new DefaultByteBufferPool(false, 1024),
                URI.create("ws://127.0.0.1:" + port + "/")).connect().get();
        listen(channel);
        System.out.println("client gets:      " + next());
        System.out.println("server's array:   " + state(ofServer));
        byte[] bytes = HELLO.clone();
        WebSockets.sendBinaryBlocking(ByteBuffer.wrap(bytes), channel);
        System.out.println("server gets:      " + next());
        System.out.println("client's array:   " + state(bytes));
        WebSockets.sendBinaryBlocking(ByteBuffer.wrap(bytes), channel);
        System.out.println("sent once more:   " + next());
        System.exit(0);
    }

    static String state(byte[] bytes) {
        return Arrays.equals(bytes, HELLO) ? "hello" : "garbage";
    }

    static String next() throws Exception {
        return arrived.poll(10, TimeUnit.SECONDS);
    }

    static void listen(WebSocketChannel channel) {
        channel.getReceiveSetter().set(new AbstractReceiveListener() {
            @Override protected void onFullBinaryMessage(
                    WebSocketChannel c, BufferedBinaryMessage message) {
                ByteBuffer all = WebSockets.mergeBuffers(message.getData().getResource());
                byte[] bytes = new byte[all.remaining()];
                all.get(bytes);
                arrived.add(state(bytes));
            }
        });
        channel.resumeReceives();
    }
}
EOF
java -cp 'lib/*' Probe.java 2>/dev/null | tee seen
cat >expected <<'EOF'
client gets:      hello
server's array:   hello
server gets:      hello
client's array:   garbage
sent once more:   garbage
EOF
diff expected seen && echo "As described."
