#!/usr/bin/env bash
# autobahn-python's timeouts of one second end after anything from no time at all to one second.
#
# autobahn keeps its timeouts of closing handshakes, of dropped connections and of pings in one timer
# of txaio for all connections, in buckets of 200 ms (make_batched_timer(0.2)). One expects a timeout
# to be late or early by a bucket. But the moment at which it is due is first cut down to a whole
# second of the clock, and then to a bucket, which changes nothing any more: what is set for one
# second at 12:00:00.95 is due at 12:00:01.95 and is done at 12:00:01.0. With the usual
# closeHandshakeTimeout and serverConnectionDropTimeout of 1 s such a client drops some connections
# a few milliseconds after it has sent its Close, and reports them as not clean, though the peer's
# Close is on its way.
#
# What to do: give these timeouts a second more than is meant.
#
# Uses Debian's package python3-txaio 21.2.1, unpacked into a folder of its own that is removed. Needs
# Python 3.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get -q -o APT::Sandbox::User=root download python3-txaio=21.2.1-2 >/dev/null
dpkg -x ./*.deb root

cat >probe.py <<'EOF'
from txaio._common import _BatchedTimer

# A clock of our own stands for the event loop's: what is asked of the loop is what counts.
for now in (100.0, 100.25, 100.5, 100.95):
    asked = []
    timer = _BatchedTimer(200, 100, lambda: now, lambda delay, *call: asked.append(delay))
    timer.call_later(1, print)
    print("200 ms buckets, at %.2f s: one second lasts %.2f s" % (now, asked[0]))
EOF
PYTHONPATH=root/usr/lib/python3/dist-packages /usr/bin/python3 probe.py | tee seen
cat >expected <<'EOF'
200 ms buckets, at 100.00 s: one second lasts 1.00 s
200 ms buckets, at 100.25 s: one second lasts 0.75 s
200 ms buckets, at 100.50 s: one second lasts 0.50 s
200 ms buckets, at 100.95 s: one second lasts 0.05 s
EOF
diff expected seen && echo "As described."
