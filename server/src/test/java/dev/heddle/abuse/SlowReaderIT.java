package dev.heddle.abuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.broker.Message;
import dev.heddle.config.Settings;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.util.Map;

/// A client whose line is slow but steady gets all that it has missed, however long that takes:
/// with deadlines that are shorter than the whole by far. [SlowReader#main] reads 20 channels of
/// 240 KB at 16 KiB/s, from any server; here it is a quarter of that at six times the rate.
@Timeout(180)
class SlowReaderIT {
    private static final int CHANNELS = 5;
    private static final int EACH = 240;
    private static final int BYTES = 1000;

    private static final Settings SETTINGS =
            TestServer.configured(
                    Map.of(
                            "HEDDLE_DEADLINES_WRITE", "5s",
                            "HEDDLE_DEADLINES_PING_INTERVAL", "2s",
                            "HEDDLE_DEADLINES_PONG", "2s",
                            "HEDDLE_CHANNELS_RULES", "slow:* history=1000 history-bytes=1MiB",
                            "HEDDLE_USERS_LOGIN_DEADLINE", "30s"));

    @RegisterExtension static final TestServer SERVER = new TestServer(SETTINGS);

    @BeforeAll
    static void publish() {
        for (int channel = 0; channel < CHANNELS; channel++) {
            for (int i = 0; i < EACH; i++) {
                String data = '"' + "x".repeat(BYTES) + '"';
                SERVER.heddle()
                        .channels()
                        .publish("slow:" + channel, new Message(data, null, null, null), false);
            }
        }
    }

    @Test
    void getsEverythingInPortionsAtItsRate() throws Exception {
        recover(64);
    }

    @Test
    void getsEverythingInWholeRepliesAtItsRate() throws Exception {
        recover(0);
    }

    private static void recover(int limit) throws IOException {
        try (SlowReader reader = new SlowReader(SERVER.port(), 96 << 10)) {
            reader.subscribeAll(CHANNELS, limit);
            assertEquals(CHANNELS * EACH, reader.readPublications());
            assertEquals(CHANNELS, reader.subscribed());
            assertTrue(reader.longestFrame() <= 64 << 10, () -> "" + reader.longestFrame());
        }
        assertEquals(0, SERVER.heddle().counters().slowConsumers.sum());
    }
}
