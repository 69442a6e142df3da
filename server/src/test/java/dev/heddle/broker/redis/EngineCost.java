package dev.heddle.broker.redis;

import dev.heddle.broker.Message;
import dev.heddle.support.RedisServer;

import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.XAddParams;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// No test: what publishing through the engine costs beside a plain `XADD` and `PUBLISH` in one
/// pipeline by the same client, in turn. Prints microseconds of CPU a publication, of this process
/// and of Redis, and publications a second.
final class EngineCost {
    private static final int PUBLICATIONS = 100_000;
    private static final int THREADS = 8;

    private EngineCost() {}

    private interface Publish {
        void once();
    }

    public static void main(String... arguments) throws Exception {
        try (RedisServer redis = new RedisServer();
                TestNode node = new TestNode(redis.uri());
                RedisClient plain = RedisClient.create("127.0.0.1", redis.port())) {
            String data = "{\"text\":\"" + "x".repeat(100) + "\"}";
            for (int round = 0; round < 4; round++) {
                measure("engine", redis, () -> publish(node, data));
                measure("plain", redis, () -> publish(plain, data));
            }
        }
    }

    private static void publish(TestNode node, String data) {
        node.broker().publish("a", new Message(data, null, null, null), false);
    }

    private static void publish(RedisClient plain, String data) {
        try (AbstractPipeline pipeline = plain.pipelined()) {
            pipeline.xadd("log", XAddParams.xAddParams().maxLen(100), Map.of("message", data));
            pipeline.publish("said", data);
            pipeline.sync();
        }
    }

    private static void measure(String what, RedisServer redis, Publish publish) throws Exception {
        double redisBefore = cpuOf(redis);
        long before = cpu();
        long began = System.nanoTime();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            threads.add(
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        for (int i = 0; i < PUBLICATIONS / THREADS; i++) {
                                            publish.once();
                                        }
                                    }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        System.out.printf(
                "%s: client %.1f us, Redis %.1f us a publication, %.0f a second%n",
                what,
                (cpu() - before) / 1e3 / PUBLICATIONS,
                (cpuOf(redis) - redisBefore) * 1e6 / PUBLICATIONS,
                PUBLICATIONS / seconds);
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean)
                        ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static double cpuOf(RedisServer redis) throws IOException {
        return redis.ask("INFO cpu")
                .lines()
                .filter(line -> line.matches("used_cpu_(user|sys):.*"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(':') + 1)))
                .sum();
    }
}
