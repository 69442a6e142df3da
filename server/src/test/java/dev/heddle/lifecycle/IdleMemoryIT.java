package dev.heddle.lifecycle;

import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.heddle.support.RawClient;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// What an idle connection holds on the heap, with the JVM options of production, right after the
/// start: the budget that ARCHITECTURE accounts for. Objects are counted by a class histogram,
/// which collects first, so the same code gives the same bytes.
class IdleMemoryIT {
    private static final int CONNECTIONS = 4_000;

    /// All objects of a connection but its parked stack, in bytes. Who adds to them on purpose says
    /// so here and in ARCHITECTURE; anything above 5 % is growth that nobody meant.
    private static final int OBJECT_BYTES = 910;

    /// Its parked stack: 420 bytes when compiled, 2,700 when not.
    private static final int MAX_STACK_BYTES = 600;

    private static final Path JCMD = Path.of(System.getProperty("java.home"), "bin", "jcmd");

    /// Live bytes by class.
    private record Histogram(String text) {
        static Histogram of(Process process) throws IOException {
            String pid = Long.toString(process.pid());
            Process jcmd =
                    new ProcessBuilder(JCMD.toString(), pid, "GC.class_histogram")
                            .redirectErrorStream(true)
                            .start();
            return new Histogram(new String(jcmd.getInputStream().readAllBytes(), US_ASCII));
        }

        private long bytes(String row) {
            return Pattern.compile(row)
                    .matcher(text)
                    .results()
                    .map(MatchResult::group)
                    .map(line -> line.strip().split("\\s+"))
                    .mapToLong(columns -> Long.parseLong(columns[2]))
                    .sum();
        }

        /// All that lives: the fillers are holes that the collector left.
        long live() {
            return bytes("(?m)^Total .*$") - bytes("(?m)^.* .Ljdk.internal.vm.FillerElement; .*$");
        }

        long stacks() {
            return bytes("(?m)^.* jdk.internal.vm.StackChunk .*$");
        }
    }

    @Test
    void anIdleConnectionKeepsToItsBudgetFromTheStart() throws Exception {
        String asInProduction = "export HEDDLE_WARM_UP=20s JDK_JAVA_OPTIONS=@../ops/jvm.options;";
        List<RawClient> connections = new ArrayList<>();
        try (ServerProcess server = new ServerProcess(asInProduction)) {
            for (int i = 0; i < CONNECTIONS / 4; i++) {
                connections.add(
                        RawClient.open(
                                server.port(),
                                "/ws")); // what is loaded and pooled once and for all
            }
            Histogram before = Histogram.of(server.process());
            for (int i = 0; i < CONNECTIONS; i++) {
                connections.add(RawClient.open(server.port(), "/ws"));
            }
            Histogram after = Histogram.of(server.process());
            long stack = (after.stacks() - before.stacks()) / CONNECTIONS;
            long objects = (after.live() - before.live()) / CONNECTIONS - stack;
            System.out.println("An idle connection: " + objects + " bytes, stack " + stack);
            assertTrue(Math.abs(objects - OBJECT_BYTES) * 20 <= OBJECT_BYTES, after.text());
            assertTrue(stack > 0 && stack < MAX_STACK_BYTES, "stack " + stack);
        } finally {
            for (RawClient connection : connections) {
                connection.close();
            }
        }
    }
}
