#!/usr/bin/env bash
# Redis: a replica answers PUBLISH as if all were well, and tells its own subscribers alone.
#
# A replica refuses every write with READONLY, so a client that by mistake talks to one (an address
# that was not updated after a failover) notices at its first write. PUBLISH is no write: the replica
# takes it, answers with the number of receivers, and passes it to nobody above it. Subscribers of the
# primary and of other replicas get nothing, and no side sees an error. Two consequences:
#
# - A probe that publishes to itself and hears itself proves nothing about the primary.
# - A script that first publishes and then writes is refused at the write, but its message is out: the
#   subscribers of the replica have heard of something that was never stored.
#
# What to do: write first and publish after, in one script; and look at ROLE, not at an answer to
# PUBLISH.
#
# Redis 7.0.15. Uses Debian's redis-server and redis-cli (package redis) on two ports of loopback, in a
# folder of its own that is removed.
set -euo pipefail

folder=$(mktemp -d)
cd "$folder"
pids=()
trap 'kill "${pids[@]}" 2>/dev/null; wait; rm -rf "$folder"' EXIT

primary=36391
replica=36392
redis-server --port $primary --bind 127.0.0.1 --save '' --dir . >primary.log &
pids+=($!)
redis-server --port $replica --bind 127.0.0.1 --save '' --dir . --replicaof "127.0.0.1 $primary" >replica.log &
pids+=($!)
until redis-cli -p $replica info replication 2>/dev/null | grep -q master_link_status:up; do sleep 0.1; done

redis-cli -p $primary subscribe news >at-primary &
pids+=($!)
redis-cli -p $replica subscribe news >at-replica &
pids+=($!)
for port in $primary $replica; do
  until redis-cli -p $port pubsub numsub news | grep -qx 1; do sleep 0.1; done
done

heard() { grep -A2 -x message "$1" | grep -vx -e message -e news -e -- | paste -sd' ' || true; }

redis-server --version | cut -d' ' -f1-3
echo "SET at the replica:     $(redis-cli -p $replica set a 1)"
echo "PUBLISH at the replica: $(redis-cli -p $replica publish news plain) receiver"
echo "a script that publishes, then writes: $(redis-cli -p $replica eval \
  "redis.call('PUBLISH', 'news', 'from-a-script'); redis.call('SET', KEYS[1], 1)" 1 a 2>&1 | cut -c1-60)..."
redis-cli -p $primary publish news from-the-primary >/dev/null
until grep -q from-the-primary at-replica; do sleep 0.1; done
at_replica=$(heard at-replica)
at_primary=$(heard at-primary)
echo "heard at the replica:   $at_replica"
echo "heard at the primary:   $at_primary"

[ "$at_replica" = "plain from-a-script from-the-primary" ] && [ "$at_primary" = from-the-primary ] || {
  echo "it behaves otherwise now" >&2
  exit 1
}

# Seen on 2026-11-30:
#   Redis server v=7.0.15
#   SET at the replica:     READONLY You can't write against a read only replica.
#   PUBLISH at the replica: 1 receiver
#   a script that publishes, then writes: READONLY You can't write against a read only replica. script...
#   heard at the replica:   plain from-a-script from-the-primary
#   heard at the primary:   from-the-primary
