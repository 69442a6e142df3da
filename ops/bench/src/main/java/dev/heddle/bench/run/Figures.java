package dev.heddle.bench.run;

import dev.heddle.bench.sample.Reading;

import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/// Collects what was measured in the phases of a run, and makes the result's figures of it.
final class Figures {
    private static final double NANOS_PER_MICRO = 1000;

    private final Map<String, Long> serverCpuMicros = new TreeMap<>();
    private final Map<String, Double> seconds = new TreeMap<>();
    private final Map<String, Double> idle = new TreeMap<>();
    private long heapBefore;
    private int connections;

    /// What the server used in a phase; phases of the same name are added up.
    void addServerCpu(String phase, Reading before, Reading after) {
        serverCpuMicros.merge(phase, after.cpuMicros() - before.cpuMicros(), Long::sum);
    }

    /// How long a phase took; phases of the same name are added up.
    void addSeconds(String phase, double took) {
        seconds.merge(phase, took, Double::sum);
    }

    /// What the server held before the connections, after a collection.
    void heapBefore(Reading collected) {
        heapBefore = collected.heapUsedBytes().orElse(0);
    }

    /// What the server holds with so many connections open and idle.
    ///
    /// @param heap in use right after a collection, if there was one
    void idle(Reading before, Reading with, OptionalLong heap, int open) {
        connections = open;
        idle.put("serverRssBytes", (double) with.rssBytes());
        idle.put("serverRssBytesGrown", (double) with.rssBytes() - before.rssBytes());
        idle.put("serverPssBytesGrown", (double) with.pssBytes() - before.pssBytes());
        idle.put("serverThreads", (double) with.threads());
        if (heapBefore > 0 && heap.isPresent()) {
            idle.put("serverHeapBytesGrown", (double) heap.getAsLong() - heapBefore);
        }
    }

    /// All figures.
    ///
    /// @param hasServer whether the server was watched
    Map<String, Double> of(Findings findings, boolean hasServer) {
        Map<String, Double> figures = new TreeMap<>();
        double opened = findings.count("opened");
        double ops = findings.count("ops");
        boolean hasOps = ops > 0;
        addConnecting(figures, findings, opened);
        if (hasOps) {
            figures.put("opsPerSecond", ops / workSeconds(findings));
            addClientCpu(figures, findings, "work", "Op", ops);
        }
        if (findings.latest().containsKey("back")) {
            figures.put("secondsUntilAllBack", findings.seconds("drop", "back"));
        }
        long bytes = findings.count("bytesIn");
        long reads = findings.count("reads");
        if (reads > 0) {
            figures.put("bytesPerRead", (double) bytes / reads);
        }
        if (hasServer) {
            addServer(figures, opened, hasOps ? ops : opened);
        }
        figures.values().removeIf(value -> !Double.isFinite(value));
        return figures;
    }

    private void addConnecting(Map<String, Double> figures, Findings findings, double opened) {
        Double connecting = seconds.get("connect");
        if (connecting != null && opened > 0) {
            figures.put("connectSeconds", connecting);
            figures.put("handshakesPerSecond", opened / connecting);
            addClientCpu(figures, findings, "connect", "Handshake", opened);
        }
    }

    private static void addClientCpu(
            Map<String, Double> figures,
            Findings findings,
            String phase,
            String unit,
            double count) {
        long all = findings.cpuNanos().getOrDefault(phase, 0L);
        long loop = findings.cpuNanos().getOrDefault(phase + ".loop", 0L);
        figures.put("clientCpuMicrosPer" + unit, all / NANOS_PER_MICRO / count);
        figures.put("clientLoopCpuMicrosPer" + unit, loop / NANOS_PER_MICRO / count);
    }

    private void addServer(Map<String, Double> figures, double opened, double ops) {
        long connect = serverCpuMicros.getOrDefault("connect", 0L);
        long close = serverCpuMicros.getOrDefault("close", 0L);
        Long work = serverCpuMicros.get("work");
        if (opened > 0 && connect > 0) {
            figures.put("serverCpuMicrosPerHandshake", connect / opened);
        }
        figures.put("serverCpuMicrosPerOp", (work == null ? connect + close : work) / ops);
        serverCpuMicros.forEach(
                (phase, micros) -> figures.put("serverCpuSeconds." + phase, micros / 1e6));
        idle.forEach(figures::put);
        perConnection(figures, "serverRssBytesGrown", "serverRssBytesPerConnection");
        perConnection(figures, "serverPssBytesGrown", "serverPssBytesPerConnection");
        perConnection(figures, "serverHeapBytesGrown", "serverHeapBytesPerConnection");
    }

    private void perConnection(Map<String, Double> figures, String grown, String per) {
        Double bytes = idle.get(grown);
        if (bytes != null) {
            figures.put(per, bytes / connections);
        }
    }

    private double workSeconds(Findings findings) {
        Double work = seconds.get("work");
        if (work != null) {
            return work;
        }
        return findings.seconds("send", "delivery") + findings.seconds("drop", "back");
    }
}
