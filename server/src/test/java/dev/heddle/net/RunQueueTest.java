package dev.heddle.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.support.Soon;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;

class RunQueueTest {
    private static final long LATE = RunQueue.LATE_MICROS * 1_000L + 1_000;

    private final RunQueue queue = new RunQueue();
    private final CarrierShare connection = new CarrierShare() {};

    @Test
    void restsGrowWhileTurnsAreLateAndShrinkToNothing() {
        queue.look(LATE - 1_000);
        assertEquals(0, queue.restMicros());
        queue.look(LATE);
        queue.look(LATE);
        assertEquals(2_000, queue.restMicros());
        for (int i = 0; i < 20; i++) {
            queue.look(LATE);
        }
        assertEquals(RunQueue.MAX_REST_MICROS, queue.restMicros());
        queue.look(0);
        assertEquals(RunQueue.MAX_REST_MICROS * 3 / 4, queue.restMicros());
        for (int i = 0; i < 20; i++) {
            queue.look(0);
        }
        assertEquals(0, queue.restMicros());
    }

    @Test
    void whoAsksForTurnAfterTurnRestsWhileOthersAreKeptFromTheirs() throws Exception {
        InputStream nothing = new ByteArrayInputStream(new byte[0]);
        connection.restAfterTurn(nothing, queue);
        queue.look(LATE);
        queue.look(LATE);
        assertEquals(2_000, connection.restAfterTurn(nothing, queue));
        Thread.sleep(40); // one whose turns are so far apart asks for little
        assertEquals(0, connection.restAfterTurn(nothing, queue));
    }

    @Test
    void seesThatCarriersNeverGetToWhatIsNew() {
        AtomicBoolean over = new AtomicBoolean();
        queue.start();
        try {
            for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
                Thread.startVirtualThread(
                        () -> {
                            while (!over.get()) {
                                Thread.onSpinWait();
                            }
                        });
            }
            Soon.until(() -> queue.restMicros() == RunQueue.MAX_REST_MICROS);
            assertTrue(queue.waitSeconds() > RunQueue.LATE_MICROS / 1e6);
            over.set(true);
            Soon.until(() -> queue.restMicros() == 0);
        } finally {
            over.set(true);
            queue.stop();
        }
    }
}
