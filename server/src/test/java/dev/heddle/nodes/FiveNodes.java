package dev.heddle.nodes;

import dev.heddle.support.ApiClient;
import dev.heddle.support.HttpApi;
import dev.heddle.support.RedisServer;
import dev.heddle.support.ServerProcess;
import dev.heddle.support.Soon;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// No test: one node without Redis, and five nodes over one, with so many subscribers each, in
/// turn. All are subscribed to one channel, in which the first node publishes at a steady pace.
/// Prints microseconds of CPU a delivery of all nodes together, and how late the subscribers of the
/// first node and those of the others were.
final class FiveNodes {
    private static final int PUBLICATIONS = 20;

    private final int each;
    private final int pauseMillis;

    private FiveNodes(int each, int pauseMillis) {
        this.each = each;
        this.pauseMillis = pauseMillis;
    }

    /// Measures.
    ///
    /// @param arguments how many subscribers each node has, how many rounds there are, and how many
    ///   milliseconds are between two publications
    public static void main(String... arguments) throws Exception {
        FiveNodes measurement =
                new FiveNodes(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[2]));
        for (int round = 0; round < Integer.parseInt(arguments[1]); round++) {
            measurement.measure(1, "");
            try (RedisServer redis = new RedisServer()) {
                measurement.measure(5, redis.uri());
            }
        }
    }

    private void measure(int count, String redis) throws Exception {
        List<ServerProcess> nodes = new ArrayList<>();
        List<Process> listeners = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                nodes.add(node(redis));
            }
            for (int i = 0; i < count; i++) {
                listeners.add(listeners(nodes.get(i).port(), each, i));
            }
            for (Process process : listeners) {
                require("ready", process.inputReader().readLine());
            }
            HttpApi api = new HttpApi();
            for (int i = 0; i < 5; i++) { // to warm up
                publish(api, nodes.getFirst());
            }
            Duration before = cpu(nodes);
            for (int i = 0; i < PUBLICATIONS; i++) {
                publish(api, nodes.getFirst());
            }
            Duration spent = cpu(nodes).minus(before);
            System.out.printf(
                    Locale.ROOT,
                    "%d node(s) with %d subscribers each: %.2f us of CPU a delivery%n",
                    count,
                    each,
                    spent.toNanos() / 1e3 / PUBLICATIONS / count / each);
            for (int i = 0; i < count; i++) {
                report(listeners.get(i), i, each);
            }
        } finally {
            listeners.forEach(Process::destroyForcibly);
            for (ServerProcess node : nodes) {
                node.close();
            }
        }
    }

    private static ServerProcess node(String redis) throws IOException {
        String cluster = redis.isEmpty() ? "" : "--set cluster.redis.uri=" + redis;
        ServerProcess node =
                new ServerProcess(
                        "", cluster, "--set deadlines.ping-interval=0s", "--set rooms=101");
        ApiClient client = new ApiClient(node.internalPort());
        Soon.until(() -> client.ask("GET", "/readyz").status() == 200);
        return node;
    }

    private static Process listeners(int port, int count, int node) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Listeners.class.getName(),
                        Integer.toString(port),
                        Integer.toString(count),
                        "n%d-".formatted(node))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private void publish(HttpApi api, ServerProcess node) throws Exception {
        long start = System.nanoTime();
        api.publish(node.internalPort(), "n", Long.toString(start));
        Thread.sleep(Math.max(0, pauseMillis - (System.nanoTime() - start) / 1_000_000));
    }

    private static Duration cpu(List<ServerProcess> nodes) {
        return nodes.stream()
                .map(node -> node.process().info().totalCpuDuration().orElseThrow())
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static void report(Process listeners, int node, int each) throws IOException {
        listeners.outputWriter().append("end\n").flush();
        BufferedReader out = listeners.inputReader();
        String[] words = out.readLine().split(" ", 5);
        require(Long.toString((PUBLICATIONS + 5L) * each), words[0]);
        require("0", words[1]);
        System.out.printf(
                "  node %d: %s publications arrived, in order; late p50 %s ms, p99 %s ms, at most"
                        + " %s ms%n",
                node + 1, words[0], words[2], words[3], words[4]);
    }

    private static void require(String expected, String got) {
        if (!expected.equals(got)) {
            throw new IllegalStateException("expected " + expected + ", got " + got);
        }
    }
}
