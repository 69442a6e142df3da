#!/usr/bin/env bash
# One message that ends in a final DEFLATE block, and Node.js's, undici's, Python's and Jetty's clients
# take every later compressed message for an empty one.
#
# RFC 7692, section 7.2.3.4, lets a sender end a message with a block that has BFINAL set, and gives
# "Hello" so compressed as its example. zlib's inflater is finished behind such a block: it takes no more
# input until it is reset, and reports no error. Most clients keep one inflater for a connection and do
# not look at that. So the message with the final block arrives, and what comes later arrives as empty
# text; the connection stays open, and nothing is logged. Java-WebSocket delivers the text of that message twice over. npm's ws is right. So a server that ends
# the stream (Z_FINISH; in Java finish(), in Go Close()) instead of flushing it, because each of its
# messages is compressed by itself, passes its tests with npm's ws.
#
# What to do: as a sender, end each message with Z_SYNC_FLUSH and drop the last four bytes; as a
# receiver, reset the inflater where it is finished, with the last 32 KiB as its dictionary.
#
# Uses npm's node 22.23.3, ws 8.23.0 and undici 7.16.0, Debian's python3-websockets 10.4, Maven Central's
# Java-WebSocket 1.6.0 and jetty-websocket-jetty-client 12.1.4, in a folder of its own that
# is removed. Needs Java 17 or later, Maven and Python 3.11.
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
    $(dependency org.eclipse.jetty.websocket jetty-websocket-jetty-client 12.1.4)
  </dependencies>
</project>
EOF
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib >/dev/null
npm install --no-save --no-audit --no-fund --loglevel=error node@22.23.3 ws@8.23.0 undici@7.16.0 >/dev/null
apt-get -q -o APT::Sandbox::User=root download python3-websockets=10.4-1 >/dev/null
dpkg -x ./*.deb root

# The server: "one" with a sync flush, "two" with a final block, then "three" and "four" with a sync
# flush again, each compressed by itself; then "five", which is not compressed.
cat >server.py <<'EOF'
import base64, hashlib, re, socket, zlib
MAGIC = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

def message(text, final=False):
    deflater = zlib.compressobj(wbits=-15)
    data = deflater.compress(text)
    data += deflater.flush(zlib.Z_FINISH) + b"\0" if final else deflater.flush(zlib.Z_SYNC_FLUSH)[:-4]
    return bytes([0xC1, len(data)]) + data

listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
peers = []
while True:
    peer = listener.accept()[0]
    head = b""
    while b"\r\n\r\n" not in head:
        head += peer.recv(4096)
    assert re.search(rb"(?im)^sec-websocket-extensions:.*permessage-deflate", head)
    key = re.search(rb"(?im)^sec-websocket-key:\s*(\S+)", head).group(1)
    peer.sendall(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                 b"Sec-WebSocket-Extensions: permessage-deflate\r\nSec-WebSocket-Accept: "
                 + base64.b64encode(hashlib.sha1(key + MAGIC).digest()) + b"\r\n\r\n"
                 + message(b"one") + message(b"two", True) + message(b"three") + message(b"four")
                 + b"\x81\x04five")
    peers.append(peer)
EOF
/usr/bin/python3 server.py >port &
until [ -s port ]; do sleep 0.1; done
url=ws://127.0.0.1:$(cat port)

cat >probe.cjs <<'EOF'
const [name, url] = process.argv.slice(2);
const Client = { node: WebSocket, undici: require('undici').WebSocket, ws: require('ws') }[name];
const seen = [];
const socket = new Client(url);
const done = (end) => { console.log(`${name}: ${seen.join(' ')}${end}`); process.exit(0); };
socket.addEventListener('message', ({ data }) => seen.push(`[${data}]`) === 5 && done(''));
socket.addEventListener('close', ({ code }) => done(` closed, ${code}`));
EOF
cat >probe.py <<'EOF'
import asyncio, os, sys
sys.path.insert(0, "root/usr/lib/python3/dist-packages")
import websockets
async def main():
    socket = await websockets.connect(sys.argv[1])
    print("websockets:", *[f"[{await socket.recv()}]" for _ in range(5)], flush=True)
    os._exit(0)
asyncio.run(asyncio.wait_for(main(), 20))
EOF
cat >Probe.java <<'EOF'
import java.net.URI;
import java.util.*;
import java.util.concurrent.*;

public class Probe {
    static URI uri;

    public static void main(String[] args) throws Exception {
        uri = URI.create(args[0]);
        show("Java-WebSocket", Probe::javaWebSocket);
        show("Jetty", Probe::jetty);
        System.exit(0);
    }

    interface Client { void connect(Consumer told) throws Exception; }
    interface Consumer { void accept(String text); }

    static void show(String name, Client client) throws Exception {
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        client.connect(text -> seen.add("[" + text + "]"));
        StringJoiner all = new StringJoiner(" ", name + ": ", "");
        for (int i = 0; i < 5; i++) {
            String next = seen.poll(20, TimeUnit.SECONDS);
            if (next == null) {
                all.add("nothing more");
                break;
            }
            all.add(next);
        }
        System.out.println(all);
    }

    static void javaWebSocket(Consumer told) {
        var draft = new org.java_websocket.drafts.Draft_6455(
                new org.java_websocket.extensions.permessage_deflate.PerMessageDeflateExtension());
        new org.java_websocket.client.WebSocketClient(uri, draft) {
            @Override public void onOpen(org.java_websocket.handshake.ServerHandshake h) {}
            @Override public void onMessage(String text) { told.accept(text); }
            @Override public void onClose(int code, String reason, boolean remote) { told.accept("closed, " + code); }
            @Override public void onError(Exception e) {}
        }.connect();
    }

    public static class Listener extends org.eclipse.jetty.websocket.api.Session.Listener.Abstract
            implements org.eclipse.jetty.websocket.api.Session.Listener.AutoDemanding {
        private final Consumer told;
        public Listener(Consumer told) { this.told = told; }
        @Override public void onWebSocketText(String text) { told.accept(text); }
        @Override public void onWebSocketError(Throwable cause) { told.accept("" + cause); }
    }

    static void jetty(Consumer told) throws Exception {
        var client = new org.eclipse.jetty.websocket.client.WebSocketClient();
        client.start();
        var request = new org.eclipse.jetty.websocket.client.ClientUpgradeRequest();
        request.addExtensions("permessage-deflate");
        client.connect(new Listener(told), uri, request);
    }
}
EOF
{
  for name in node undici ws; do ./node_modules/node/bin/node probe.cjs "$name" "$url"; done
  /usr/bin/python3 probe.py "$url"
  timeout 120 java -cp 'lib/*' Probe.java "$url" 2>/dev/null
} | tee seen
cat >expected <<'EOF'
node: [one] [two] [] [] [five]
undici: [one] [two] [] [] [five]
ws: [one] [two] [three] [four] [five]
websockets: [one] [two] [] [] [five]
Java-WebSocket: [one] [twotwo] [three] [four] [five]
Jetty: [one] [two] [] [] [five]
EOF
diff expected seen && echo "As described."
