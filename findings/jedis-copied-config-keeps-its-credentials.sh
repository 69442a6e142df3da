#!/usr/bin/env bash
# Jedis: a password that is set on a builder made by from() is dropped without a word.
#
# DefaultJedisClientConfig.builder().from(other) copies a configuration, so that some of it can be
# changed. Timeouts, database and client name can. user() and password() cannot: from() copies the
# provider of credentials too, which a configuration always has, even one without credentials, and
# build() prefers the provider. The call compiles, build() succeeds, and the connection shows the
# old credentials or none: a Redis with a password answers NOAUTH. Where the copied configuration
# has the credentials of another user, the connection is that user's.
#
# What to do: set credentials on a fresh builder, or after from() set credentialsProvider().
#
# Jedis 8.0.2. Uses Maven Central's jedis 8.0.2 in a folder of its own that is removed, and Debian's
# redis-server and redis-cli (package redis) on one port of loopback. Needs a JDK from 17 on, and
# Maven.
set -euo pipefail

folder=$(mktemp -d)
cd "$folder"
port=36396
redis-server --port $port --bind 127.0.0.1 --save '' --dir . --requirepass right >log &
pid=$!
trap 'kill $pid 2>/dev/null; wait; rm -rf "$folder"' EXIT
until redis-cli -p $port -a right ping 2>/dev/null | grep -q PONG; do sleep 0.1; done

cat >pom.xml <<'EOP'
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
EOP
mvn -q -B dependency:copy-dependencies -DoutputDirectory=jars >/dev/null

cat >Probe.java <<'EOP'
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.DefaultRedisCredentials;
import redis.clients.jedis.DefaultRedisCredentialsProvider;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;

public class Probe {
    static int port;

    public static void main(String[] args) {
        port = Integer.parseInt(args[0]);
        JedisClientConfig bare = DefaultJedisClientConfig.builder().timeoutMillis(3_000).build();
        say("fresh builder", DefaultJedisClientConfig.builder().password("right").build());
        JedisClientConfig copy =
                DefaultJedisClientConfig.builder()
                        .from(bare)
                        .password("right")
                        .timeoutMillis(1_234)
                        .build();
        say("from() and password()", copy);
        System.out.println("  its changed timeout: " + copy.getSocketTimeoutMillis());
        say(
                "from() and credentialsProvider()",
                DefaultJedisClientConfig.builder()
                        .from(bare)
                        .credentialsProvider(
                                new DefaultRedisCredentialsProvider(
                                        new DefaultRedisCredentials(null, "right")))
                        .build());
    }

    static void say(String what, JedisClientConfig config) {
        String answer;
        try (RedisClient client =
                RedisClient.builder()
                        .hostAndPort("127.0.0.1", port)
                        .clientConfig(config)
                        .build()) {
            answer = client.ping();
        } catch (JedisException refused) {
            answer = String.valueOf(refused.getMessage()).split(" ", 2)[0];
        }
        System.out.println(what + ": " + answer);
    }
}
EOP
javac -cp 'jars/*' -d classes Probe.java

java -version 2>&1 | sed -n 1p
redis-server --version | cut -d' ' -f1-3
java -cp 'classes:jars/*' Probe $port 2>/dev/null | tee seen

diff seen - <<'EOP' || {
fresh builder: PONG
from() and password(): NOAUTH
  its changed timeout: 1234
from() and credentialsProvider(): PONG
EOP
  echo "it behaves otherwise now" >&2
  exit 1
}

# Seen on 2026-11-30 with jedis 8.0.2, Redis 7.0.15 and OpenJDK 17:
#   fresh builder: PONG
#   from() and password(): NOAUTH
#     its changed timeout: 1234
#   from() and credentialsProvider(): PONG
