package dev.heddle.abuse;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.support.ServerProcess;
import dev.heddle.support.Soon;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.time.Duration;

/// Connections that want a turn for each ping, pong or request get no more turns than their pace,
/// and everybody else is served meanwhile.
class LittleFloodsIT {
    private static final int FLOODS = 64;
    private static final int CONTROL_FRAMES_PER_SECOND = 500;

    /// What the server may have read of a flood and not looked at yet.
    private static final int READ_AHEAD_BYTES = 16 << 10;

    /// A message of a bystander, with its header.
    private static final int ROUND_BYTES = 32;

    private static ServerProcess server;

    @BeforeAll
    static void start() throws IOException {
        server = new ServerProcess("", "--set users.login-deadline=0s --set diagnostics=true");
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(LittleFlood.Kind.class)
    void honestClientsAndHealthChecksAreServedAmongFloodsOfLittle(LittleFlood.Kind kind)
            throws Exception {
        long began = System.nanoTime();
        long bytesBefore = metric("heddle_received_bytes_total");
        int rounds;
        try (LittleFlood flood = new LittleFlood(kind, server.port(), FLOODS);
                Bystanders honest = new Bystanders(server.port(), server.internalPort())) {
            honest.finish(FLOODS + " floods of " + kind);
            rounds = honest.rounds();
            long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds() + 1;
            long answered = flood.answered();
            System.out.printf("%,d answers for the floods in %d s%n", answered, seconds);
            long allowed = FLOODS * CONTROL_FRAMES_PER_SECOND * (seconds + 1);
            assertTrue(
                    !kind.isCharged() || answered <= allowed,
                    answered + " of " + allowed + " answers");
        }
        Soon.until(() -> metric("heddle_connections") == 0);
        long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds() + 2;
        long taken = metric("heddle_received_bytes_total") - bytesBefore;
        long frameBytes = kind.one(server.port()).length;
        long perFlood = CONTROL_FRAMES_PER_SECOND * seconds * frameBytes + READ_AHEAD_BYTES;
        long allowed = FLOODS * perFlood + (long) rounds * ROUND_BYTES;
        System.out.printf("%,d bytes taken of %,d that are allowed%n", taken, allowed);
        assertTrue(
                !kind.isCharged() || taken <= allowed, taken + " of " + allowed + " bytes taken");
    }

    private static long metric(String name) throws IOException, InterruptedException {
        return server.getInternal("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + ' '))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(name.length())))
                .findFirst()
                .orElseThrow();
    }
}
