package dev.heddle.bench.cli;

import dev.heddle.bench.run.Ticker;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// How far a run has got, on one line of a terminal that is written again and again; where there is
/// no terminal, a line for each part of the run. Belongs to the thread that runs the bench.
final class ProgressBar implements Ticker {
    private static final int WIDTH = 30;
    private static final long LEAST_NANOS = 100_000_000;
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintStream out;
    private final boolean isTerminal;
    private String phase = "";
    private Measure measure = Measure.SECONDS;
    private double end = 1;
    private long begunNanos;
    private long drawnNanos = System.nanoTime() - LEAST_NANOS;

    /// @param isTerminal whether `out` is one
    ProgressBar(PrintStream out, boolean isTerminal) {
        this.out = out;
        this.isTerminal = isTerminal;
    }

    /// Draws on standard error.
    static ProgressBar onStandardError() {
        return new ProgressBar(System.err, isTerminal());
    }

    @Override
    public void phase(String name, Measure by, double until) {
        phase = name;
        measure = by;
        end = until;
        begunNanos = System.nanoTime();
        if (!isTerminal) {
            out.println("heddle bench: " + name);
        }
    }

    @Override
    public void progress(int open, long ops) {
        long now = System.nanoTime();
        if (!isTerminal || now - drawnNanos < LEAST_NANOS) {
            return;
        }
        drawnNanos = now;
        double share = share(open, ops);
        int filled = (int) (share * WIDTH);
        out.print(
                "%s[%s%s] %3.0f %%  %s  %,d open  %,d ops "
                        .formatted(
                                CLEAR_LINE,
                                "=".repeat(filled),
                                " ".repeat(WIDTH - filled),
                                share * 100,
                                phase,
                                open,
                                ops));
        out.flush();
    }

    @Override
    public void failures(Map<String, Long> failures) {
        clear();
        failures.forEach(
                (why, times) -> out.printf("heddle bench: %,d connections: %s%n", times, why));
    }

    /// Clears the line.
    void clear() {
        if (isTerminal) {
            out.print(CLEAR_LINE);
            out.flush();
        }
    }

    private double share(int open, long ops) {
        double done =
                switch (measure) {
                    case SECONDS -> (System.nanoTime() - begunNanos) / 1e9;
                    case OPEN_CONNECTIONS -> open;
                    case OPS -> ops;
                };
        return end <= 0 ? 1 : Math.clamp(done / end, 0, 1);
    }

    /// Whether standard error is one; System.console() would tell of the other two.
    private static boolean isTerminal() {
        try {
            Path target = Files.readSymbolicLink(Path.of("/proc/self/fd/2"));
            return target.startsWith("/dev/pts") || target.startsWith("/dev/tty");
        } catch (IOException notLinux) {
            return false;
        }
    }
}
