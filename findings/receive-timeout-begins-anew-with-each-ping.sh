#!/usr/bin/env bash
# aiohttp's receive(timeout=1) and websocket-client's settimeout(1) never end while the server pings.
#
# Both read as "raise when no message has come for a second". Both mean "when no *frame* has come":
# a ping of the server, which the library answers by itself and never shows, starts the time again.
# A server that pings more often than that (proxies make many do it) so switches the timeout off: the
# call waits for ever where the caller has planned for an exception, as for a lost subscription.
# asyncio.wait_for around receive() does what one means.
#
# Uses Debian's packages python3-aiohttp 3.8.4 and python3-websocket 1.2.3 with what they need,
# unpacked into a folder of its own that is removed.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get -q -o APT::Sandbox::User=root download python3-aiohttp=3.8.4-1+deb12u2 \
  python3-websocket=1.2.3-1 python3-multidict python3-yarl python3-frozenlist python3-aiosignal python3-async-timeout python3-attr \
  python3-charset-normalizer python3-idna python3-six >/dev/null
for package in *.deb; do dpkg -x "$package" root; done
rm -f ./*.deb

cat >probe.py <<'EOF'
import asyncio, base64, hashlib, socket, threading, time
import aiohttp, websocket

MAGIC = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"


def serve(peer):
    """Pings four times a second, and sends one text after three seconds."""
    head = b""
    while b"\r\n\r\n" not in head:
        head += peer.recv(4096)
    key = [l.split(b":", 1)[1].strip() for l in head.split(b"\r\n")
           if l.lower().startswith(b"sec-websocket-key:")][0]
    accept = base64.b64encode(hashlib.sha1(key + MAGIC).digest())
    peer.sendall(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                 b"Sec-WebSocket-Accept: " + accept + b"\r\n\r\n")
    try:
        for _ in range(12):
            time.sleep(0.25)
            peer.sendall(b"\x89\x00")
        peer.sendall(b"\x81\x02hi")
        time.sleep(2)
    except OSError:
        pass


listener = socket.create_server(("127.0.0.1", 0))
url = "ws://127.0.0.1:%d/" % listener.getsockname()[1]


def accept_all():
    while True:
        threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()


threading.Thread(target=accept_all, daemon=True).start()


def say(name, begun, what):
    slow = "after it" if time.monotonic() - begun > 2.5 else "in time"
    print("%s, 1 s: %s (%s)" % (name, what, slow), flush=True)


async def with_aiohttp():
    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(url) as ws:
            begun = time.monotonic()
            try:
                what = (await ws.receive(timeout=1)).data
            except asyncio.TimeoutError:
                what = "timeout"
            say("aiohttp receive(timeout)", begun, what)
        async with session.ws_connect(url) as ws:
            begun = time.monotonic()
            try:
                what = (await asyncio.wait_for(ws.receive(), 1)).data
            except asyncio.TimeoutError:
                what = "timeout"
            say("aiohttp wait_for(receive())", begun, what)


asyncio.run(with_aiohttp())
ws = websocket.create_connection(url)
ws.settimeout(1)
begun = time.monotonic()
try:
    what = ws.recv()
except websocket.WebSocketTimeoutException:
    what = "timeout"
say("websocket-client settimeout", begun, what)
EOF
PYTHONPATH=root/usr/lib/python3/dist-packages /usr/bin/python3 probe.py | tee seen
cat >expected <<'EOF'
aiohttp receive(timeout), 1 s: hi (after it)
aiohttp wait_for(receive()), 1 s: timeout (in time)
websocket-client settimeout, 1 s: hi (after it)
EOF
diff expected seen && echo "As described."
