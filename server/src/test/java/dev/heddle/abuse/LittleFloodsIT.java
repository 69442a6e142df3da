package dev.heddle.abuse;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.support.ServerProcess;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.time.Duration;

/// Connections that want a turn for each ping, pong or request get no more turns than their pace,
/// and everybody else is served meanwhile.
class LittleFloodsIT {
    private static final int FLOODS = 12;
    private static final int CONTROL_FRAMES_PER_SECOND = 500;

    private static ServerProcess server;

    @BeforeAll
    static void start() throws IOException {
        server = new ServerProcess("", "--set users.login-deadline=0s");
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
        try (LittleFlood flood = new LittleFlood(kind, server.port(), FLOODS);
                Bystanders honest = new Bystanders(server.port(), server.internalPort())) {
            honest.finish(FLOODS + " floods of " + kind);
            long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds() + 1;
            long answered = flood.answered();
            System.out.printf("%,d answers for the floods in %d s%n", answered, seconds);
            long allowed = FLOODS * CONTROL_FRAMES_PER_SECOND * (seconds + 1);
            assertTrue(answered <= allowed, answered + " of " + allowed + " answers");
        }
    }
}
