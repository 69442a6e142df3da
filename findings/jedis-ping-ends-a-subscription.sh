#!/usr/bin/env bash
# Jedis: the ping that should keep a subscription alive ends it, with the client's own defaults.
#
# JedisPubSub.ping() is there to see whether a subscription is still open. RedisClient speaks RESP3
# unless told otherwise, and there Redis answers a ping on a subscribed connection with a plain PONG,
# not with a push. ping() sends the command first and only then notes that it waits for an answer. If
# the thread inside subscribe() reads the PONG before that, it throws "Unexpected message : PONG", and
# the subscription is over: what is published from then on is not heard. isSubscribed() stays true. On
# loopback 11 or 12 of 12 subscriptions end so within 200 pings. With RESP2, where the PONG is a list
# like a message, none does.
#
# What to do: RESP2 for subscriptions (`.resp2()`), or no ping: publish something to yourself.
#
# Jedis 8.0.2, Redis 7.0.15. Uses Maven Central's jedis 8.0.2 in a folder of its own that is removed, and
# Debian's redis-server and redis-cli (package redis) on one port of loopback. Needs a JDK from 17 on, and
# Maven.
set -euo pipefail

folder=$(mktemp -d)
cd "$folder"
port=36394
redis-server --port $port --bind 127.0.0.1 --save '' --dir . >log &
pid=$!
trap 'kill $pid 2>/dev/null; wait; rm -rf "$folder"' EXIT
until [ "$(redis-cli -p $port ping 2>/dev/null)" = PONG ]; do sleep 0.1; done

cat >pom.xml <<'EOF'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>probe</groupId>
  <artifactId>probe</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>redis.clients</groupId>
      <artifactId>jedis</artifactId>
      <version>8.0.2</version>
    </dependency>
  </dependencies>
</project>
EOF
mvn -q -B dependency:copy-dependencies -DoutputDirectory=jars >/dev/null

cat >Probe.java <<'EOF'
import java.util.concurrent.CountDownLatch;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.RedisClient;

public class Probe {
    static final int SUBSCRIPTIONS = 12, PINGS = 200;

    public static void main(String[] args) throws Exception {
        int ended = 0;
        for (int i = 0; i < SUBSCRIPTIONS; i++) {
            ended += endsBy(Integer.parseInt(args[0]), args[1].equals("resp2")) ? 1 : 0;
        }
        System.out.println(ended + " of " + SUBSCRIPTIONS + " subscriptions ended");
        System.exit(0);
    }

    static boolean endsBy(int port, boolean isResp2) throws Exception {
        var config = DefaultJedisClientConfig.builder();
        if (isResp2) {
            config.resp2();
        }
        RedisClient client =
                RedisClient.builder()
                        .hostAndPort("127.0.0.1", port)
                        .clientConfig(config.build())
                        .build();
        var subscribed = new CountDownLatch(1);
        var pubSub =
                new JedisPubSub() {
                    @Override
                    public void onSubscribe(String channel, int count) {
                        subscribed.countDown();
                    }
                };
        Thread reader =
                new Thread(
                        () -> {
                            try {
                                client.subscribe(pubSub, "news");
                            } catch (RuntimeException failed) {
                                System.out.println(
                                        failed.getMessage()
                                                + "; isSubscribed() is "
                                                + pubSub.isSubscribed());
                            }
                        });
        reader.setDaemon(true);
        reader.start();
        subscribed.await();
        for (int i = 0; i < PINGS && reader.isAlive(); i++) {
            pubSub.ping();
            Thread.sleep(2);
        }
        reader.join(100);
        return !reader.isAlive();
    }
}
EOF
javac -cp 'jars/*' -d classes Probe.java

java -version 2>&1 | sed -n 1p
redis-server --version | cut -d' ' -f1-3
changed=0
for protocol in default resp2; do
  echo "$protocol:"
  java -cp 'classes:jars/*' Probe $port $protocol 2>/dev/null | tee seen | sort | uniq -c | sed 's/^ */  /'
  case $protocol in
    default) grep -q 'PONG' seen || changed=1 ;;
    resp2) grep -q '^0 of' seen || changed=1 ;;
  esac
done

[ "$changed" = 0 ] || {
  echo "it behaves otherwise now" >&2
  exit 1
}

# Seen on 2026-11-30 with jedis 8.0.2, Redis 7.0.15 and OpenJDK 17:
#   default:
#     1 11 of 12 subscriptions ended
#     11 Unexpected message : PONG; isSubscribed() is true
#   resp2:
#     1 0 of 12 subscriptions ended
