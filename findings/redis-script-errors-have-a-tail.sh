#!/usr/bin/env bash
# Redis: the same error has another text when it is raised inside a script.
#
# Outside of a script `OOM command not allowed when used memory > 'maxmemory'.` is the whole answer. From
# a script, Redis 7 adds which script it was and which line: ` script: SHA1, on @user_script:1.` So a
# client that compares whole texts, or patterns that end with `$`, tells the two apart by mistake. The
# first word stays for errors that have a name of their own (OOM, READONLY, WRONGTYPE).
#
# A script that redis.pcall lets go on and that returns the error gives it back without the tail: it
# is not the error that differs, but the way out of the script.
#
# What to do: decide on the first word of an error alone.
#
# Redis 7.0.15. Uses Debian's redis-server and redis-cli (package redis) on one port of loopback, in a
# folder of its own that is removed.
set -euo pipefail

folder=$(mktemp -d)
cd "$folder"
port=36393
redis-server --port $port --bind 127.0.0.1 --save '' --dir . >log &
pid=$!
trap 'kill $pid 2>/dev/null; wait; rm -rf "$folder"' EXIT
until [ "$(redis-cli -p $port ping 2>/dev/null)" = PONG ]; do sleep 0.1; done

say() { redis-cli -p $port "$@" 2>&1 | head -n 1; }

changed=0
# expect TAIL WHAT COMMAND...: what is answered, and whether it has the tail
expect() {
  local expected=$1 answer seen=without
  answer=$(say "${@:3}")
  [[ $answer =~ ' script: '[0-9a-f]{40}', on @user_script:1.'$ ]] && seen=with
  echo "$2: $answer"
  [ "$seen" = "$expected" ] || changed=1
}

redis-server --version | cut -d' ' -f1-3
say set text a >/dev/null
expect without "the command" lpush text 1
expect with "redis.call" eval "return redis.call('LPUSH', KEYS[1], 1)" 1 text
expect without "redis.pcall" eval "return redis.pcall('LPUSH', KEYS[1], 1)" 1 text
say config set maxmemory 1 >/dev/null
expect without "the command, full" set other a
expect with "redis.call, full" eval "return redis.call('SET', KEYS[1], 1)" 1 other

[ "$changed" = 0 ] || {
  echo "it behaves otherwise now" >&2
  exit 1
}

# Seen on 2026-11-30:
#   Redis server v=7.0.15
#   the command: WRONGTYPE Operation against a key holding the wrong kind of value
#   redis.call: WRONGTYPE Operation against a key holding the wrong kind of value script:
#     307b291697c86bbe09d6b006219b51a15eb2bfe8, on @user_script:1.
#   redis.pcall: WRONGTYPE Operation against a key holding the wrong kind of value
#   the command, full: OOM command not allowed when used memory > 'maxmemory'.
#   redis.call, full: OOM command not allowed when used memory > 'maxmemory'. script:
#     897afd4d23ee70efe0ede1685c1c94834429da77, on @user_script:1.
