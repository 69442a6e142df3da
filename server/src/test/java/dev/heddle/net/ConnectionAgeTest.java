package dev.heddle.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.heddle.config.Deadlines;
import dev.heddle.config.Settings;
import dev.heddle.session.EchoEndpoint;
import dev.heddle.support.Patience;
import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;
import dev.heddle.support.Soon;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.stream.LongStream;

/// How old a connection becomes, on a clock that the test turns by hand.
class ConnectionAgeTest {
    private static final int AGE = 20_000;

    private HandTurnedServer server;

    @BeforeEach
    void serve() throws IOException {
        Deadlines usual = Settings.defaults().deadlines();
        server =
                new HandTurnedServer(
                        new EchoEndpoint(),
                        new Deadlines(
                                usual.receiving(),
                                usual.liveness(),
                                usual.sending(),
                                usual.close(),
                                usual.stopping(),
                                Duration.ofMillis(AGE)));
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        server.close();
        server.awaitNothingLeft();
        assertEquals(0, server.counters.bugs.sum());
    }

    private RawClient open() throws IOException {
        return RawClient.open(server.port(), "/").readWithin(Patience.BOUND);
    }

    private static String closeReason(RawClient client) throws IOException {
        RawFrame close = client.readFrame();
        assertEquals(1001, close.closeCode());
        client.send(RawFrame.close(1001, ""));
        return close.closeReason();
    }

    @Test
    void theOldOneIsSentAwayWithAHintAndTheYoungOneStays() throws Exception {
        try (RawClient old = open()) {
            server.advance(AGE / 2);
            try (RawClient young = open()) {
                String reason =
                        server.after(StayingPeer.ageOf(1, AGE) - AGE / 2, () -> closeReason(old));
                assertEquals("connection is old enough; come back in 0s", reason);
                young.send(RawFrame.text("here"));
                assertEquals("here", young.readFrame().text());
                assertEquals("{age=1}", server.counters.sentAwayByReason().toString());
            }
        }
    }

    @Test
    void aMessageThatHasBegunIsHandledFirst() throws Exception {
        try (RawClient client = open()) {
            server.awaitAtRest();
            client.send(RawFrame.text("be").unfinished());
            server.awaitAtRest();
            server.turn(AGE + AGE / 2);
            client.send(RawFrame.of(RawFrame.CONTINUATION, "gun".getBytes(US_ASCII)));
            assertEquals("begun", client.readFrame().text());
            server.awaitAtRest();
            server.turn(2 * TimingWheel.TICK_MILLIS);
            assertEquals("connection is old enough; come back in 0s", closeReason(client));
            Soon.until(() -> server.admission.connections() == 0);
        }
    }

    @Test
    void thoseThatCameTogetherAreSpreadOverTenPercentMoreOrLess() {
        int[] tenths = new int[10];
        LongStream.rangeClosed(1, 1_000)
                .map(id -> StayingPeer.ageOf(id, 100_000))
                .forEach(age -> tenths[(int) (age - 90_000) / 2_000]++);
        for (int count : tenths) {
            assertTrue(count > 80 && count < 120, () -> count + " in a tenth of the time");
        }
    }
}
