package dev.heddle.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.Heddle;
import dev.heddle.config.Settings;
import dev.heddle.support.LeakCheck;
import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;
import dev.heddle.support.Soon;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Each deadline of the settings, on a whole server and its own clock.
class DeadlineSettingsTest {
    private static final int LONG = 60_000;
    private static final int SHORT = 200;

    private static final ScheduledExecutorService LATER =
            Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());

    /// Deadlines that do not matter but for the one that a test sets.
    private record Times(int message, int ping, int pong, int idle, int write, int close) {
        static final Times LONG_ONES = new Times(LONG, 0, LONG, 0, LONG, LONG);

        Settings settings() {
            return TestServer.configured(
                    Map.of(
                            "HEDDLE_DIAGNOSTICS", "true",
                            "HEDDLE_DEADLINES_HEAD", LONG + "ms",
                            "HEDDLE_DEADLINES_MESSAGE", message + "ms",
                            "HEDDLE_DEADLINES_PING_INTERVAL", ping + "ms",
                            "HEDDLE_DEADLINES_PONG", pong + "ms",
                            "HEDDLE_DEADLINES_IDLE", idle + "ms",
                            "HEDDLE_DEADLINES_WRITE", write + "ms",
                            "HEDDLE_DEADLINES_CLOSE", close + "ms",
                            "HEDDLE_DEADLINES_DRAIN", LONG + "ms"));
        }
    }

    @FunctionalInterface
    private interface Scene {
        void play(RawClient client, Heddle server) throws Exception;
    }

    /// Plays a scene with a client of `/echo`; it lasts at least the short deadline, as exactly as
    /// the wheel is.
    private static void with(Times times, Scene scene) throws Exception {
        try (Heddle server = Heddle.start(times.settings())) {
            LeakCheck leaks = new LeakCheck(server);
            long before = System.nanoTime();
            try (RawClient client = RawClient.open(server.port(), "/echo")) {
                scene.play(client, server);
            }
            long millis = (System.nanoTime() - before) / 1_000_000;
            assertTrue(millis >= SHORT - TimingWheel.TICK_MILLIS, "after " + millis + " ms");
            leaks.awaitNothingLeft();
        }
    }

    @Test
    void aMessageThatTricklesEndsWith1008() throws Exception {
        Times times = new Times(SHORT, 0, LONG, 0, LONG, LONG);
        with(
                times,
                (client, _) -> {
                    client.send(RawFrame.binary((byte) 1).declaring(100_000));
                    Future<?> trickle =
                            LATER.scheduleAtFixedRate(
                                    () -> sendOne(client), 10, 10, TimeUnit.MILLISECONDS);
                    client.expectClose(1008);
                    trickle.cancel(true);
                });
    }

    private static void sendOne(RawClient client) {
        try {
            client.send((byte) 1);
        } catch (IOException ended) {
            throw new UncheckedIOException(ended);
        }
    }

    /// The next ping comes only when the one before was answered. Were pongs ignored, a Close frame
    /// would come in its place, well before the client loses its patience.
    @Test
    void aClientThatAnswersPingsStays() throws Exception {
        Times times = new Times(LONG, SHORT, LONG / 6, 0, LONG, LONG);
        with(
                times,
                (client, _) -> {
                    for (int i = 0; i < 3; i++) {
                        assertEquals(RawFrame.PING, client.readFrame().opcode());
                        client.send(RawFrame.of(RawFrame.PONG));
                    }
                });
    }

    @Test
    void aClientThatDoesNotEndsWith1001() throws Exception {
        Times times = new Times(LONG, SHORT, SHORT, 0, LONG, LONG);
        with(
                times,
                (client, _) -> {
                    assertEquals(RawFrame.PING, client.readFrame().opcode());
                    client.expectClose(1001);
                });
    }

    @Test
    void anIdleClientEndsWith1001() throws Exception {
        Times times = new Times(LONG, 0, LONG, SHORT, LONG, LONG);
        with(times, (client, _) -> client.expectClose(1001));
    }

    @Test
    void aPeerThatDoesNotReadIsDropped() throws Exception {
        Times times = new Times(LONG, 0, LONG, 0, SHORT, LONG);
        with(
                times,
                (client, server) -> {
                    byte[] payload = new byte[1 << 20];
                    Thread.ofVirtual().start(() -> sendForEver(client, payload));
                    Soon.until(() -> server.connections() == 0);
                });
    }

    private static void sendForEver(RawClient client, byte[] payload) {
        try {
            while (!Thread.interrupted()) {
                client.send(RawFrame.binary(payload));
            }
        } catch (IOException ended) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aPeerThatNeverAnswersACloseIsDropped() throws Exception {
        Times times = new Times(LONG, 0, LONG, 0, LONG, SHORT);
        with(
                times,
                (client, server) -> {
                    client.send(RawFrame.of(RawFrame.TEXT, (byte) 0xFF));
                    assertEquals(1007, client.readFrame().closeCode());
                    Soon.until(() -> server.connections() == 0);
                });
    }

    @Test
    void noneOfThemEndsAClientThatTakesItsTime() throws Exception {
        with(
                Times.LONG_ONES,
                (client, _) -> {
                    client.send(RawFrame.binary((byte) 1).declaring(2));
                    Future<?> rest =
                            LATER.schedule(() -> sendOne(client), 2 * SHORT, TimeUnit.MILLISECONDS);
                    assertEquals(2, client.readFrame().payload().length);
                    rest.get();
                });
    }
}
