"""A service behind Heddle's gateway, which does what it is told, right or wrong.

service.py PORT LOG [SECRET]

Each event becomes a line of JSON in LOG before it is answered. The query of a client says what
becomes of its connect: status=403, user=ann, state=s1, subprotocol=x, body=nonsense, sleep=2. The
text of a message says what comes back, and so does the data of a command on /acc if it is a text:

  status 418    that status                sleep 2 hello  hello, after 2 s
  json [1]      [1] as JSON
  huge 5000000  so many bytes              stall 9        the head, and after 9 s a body
  binary abc    abc as bytes               latin1         a text that is not UTF-8
  empty         204                        state s2       the new state, and nothing else
  nonsense      no HTTP                    die            the end of the connection, without a word
  lengths 2     so many lines that say how long it is
  hangup abc    abc, and then the connection is closed that seemed to be kept
  join a,b      joined, and the connection is in these channels from now on
  leave a       left, and it is in that one no longer
  fail once     500, and the second time that this connection says it, done
  other         the same text

The end of a client whose state is poison fails until that of another one has come.
"""
import hashlib
import hmac
import json
import os
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, quote

PORT, LOG = int(sys.argv[1]), open(sys.argv[2], "a", buffering=1)
SECRET = sys.argv[3].encode() if len(sys.argv) > 3 else b""
FAILED = set()


class Service(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        event = {name.lower(): value for name, value in self.headers.items()}
        event["names"] = sorted(name.lower() for name in self.headers)
        event["signed"] = self.is_signed(body)
        event["body"] = body.decode("latin1")
        LOG.write(json.dumps(event) + "\n")
        kind = event["ce-type"]
        if kind == "heddle.connect":
            self.connect(dict(parse_qsl(json.loads(body).get("query", ""))))
        elif kind == "heddle.message":
            self.message(event, body)
        else:
            self.disconnect(event.get("ce-state"))

    def disconnect(self, state):
        if state != "poison":
            FAILED.add("poison is over")
        is_poison = state == "poison" and "poison is over" not in FAILED
        self.reply(500 if is_poison else 200)

    def is_signed(self, body):
        names = {n.lower() for n in self.headers if n.lower().startswith("ce-")} - {"ce-signature"}
        lines = "".join(f"{n}:{self.headers[n]}\n" for n in sorted(names | {"content-type"}))
        mine = hmac.new(SECRET, lines.encode() + b"\n" + body, hashlib.sha256).hexdigest()
        theirs = self.headers.get("ce-signature", "").split(",")
        return any(hmac.compare_digest("sha256=" + mine, each) for each in theirs)

    def connect(self, asked):
        time.sleep(float(asked.get("sleep", 0)))
        answer = {k: v for k, v in asked.items() if k in ("user", "state", "subprotocol")}
        if "channels" in asked:
            answer["channels"] = asked["channels"].split(",")
        body = asked.get("body", json.dumps(answer) if answer else "").encode()
        self.reply(int(asked.get("status", 200)), body, "application/json")

    def message(self, event, body):
        said = body.decode("latin1")
        if "ce-command" in event and said.startswith('"'):
            said = json.loads(said)
        verb, _, rest = said.partition(" ")
        if verb == "status":
            self.reply(int(rest), b"a page of an error", "text/html")
        elif verb == "sleep":
            seconds, _, text = rest.partition(" ")
            time.sleep(float(seconds))
            self.reply(200, text.encode())
        elif verb == "huge":
            self.reply(200, b"x" * int(rest))
        elif verb == "stall":
            self.start(200, "text/plain", 5)
            self.wfile.flush()
            time.sleep(float(rest))
            self.wfile.write(b"later")
        elif verb == "binary":
            self.reply(200, rest.encode(), "application/octet-stream")
        elif verb == "json":
            self.reply(200, rest.encode(), "application/json")
        elif verb == "latin1":
            self.reply(200, b"\xfcber")
        elif verb == "empty":
            self.reply(204)
        elif verb == "state":
            self.reply(200, more={"ce-state": rest})
        elif verb == "join":
            self.reply(200, b"joined", more={"ce-join": quote(rest.encode("latin1"), ",")})
        elif verb == "leave":
            self.reply(200, b"left", more={"ce-leave": rest})
        elif verb == "nonsense":
            self.wfile.write(b"what?\r\n\r\n")
            self.close_connection = True
        elif verb == "lengths":
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            self.wfile.write(b"Content-Length: 2\r\n" * int(rest) + b"\r\nab")
            self.close_connection = True
        elif verb == "die":
            self.close_connection = True
        elif verb == "hangup":
            self.reply(200, rest.encode())
            self.close_connection = True
        elif verb == "fail":
            again = (event["ce-connectionid"], rest) in FAILED
            FAILED.add((event["ce-connectionid"], rest))
            self.reply(200 if again else 500, b"done")
        else:
            self.reply(200, body, event["content-type"])

    def reply(self, status, body=b"", kind="text/plain; charset=utf-8", more={}):
        self.start(status, kind, len(body), more)
        self.wfile.write(body)

    def start(self, status, kind, length, more={}):
        self.send_response_only(status)
        self.send_header("Content-Type", kind)
        if status != 204:
            self.send_header("Content-Length", length)
        for name, value in more.items():
            self.send_header(name, value)
        self.end_headers()


class Server(ThreadingHTTPServer):
    request_queue_size = 1024
    daemon_threads = True

    def handle_error(self, request, client_address):
        pass


# It ends with the test that has started it, however that ends.
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
Server(("127.0.0.1", PORT), Service).serve_forever()
