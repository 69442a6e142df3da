package dev.heddle.abuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.broker.Message;
import dev.heddle.support.SlowReader;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/// A client whose line is slow but steady gets all that it has missed, however long that takes:
/// with deadlines that are shorter than the whole by far. [SlowReader#main] reads 20 channels of
/// 240 KB at 16 KiB/s, from any server; here it is a quarter of that at six times the rate.
@Timeout(180)
class SlowReaderIT {
    private static final int CHANNELS = 5;
    private static final int EACH = 240;
    private static final int LONG = 1000;
    private static final int BYTES = 1000;
    private static final int BYTES_PER_SECOND = 96 << 10;

    @RegisterExtension static final TestServer SERVER = server(Map.of());

    /// What it sends leaves in frames that are as long as the messages.
    @RegisterExtension
    static final TestServer OF_LONG_FRAMES = server(Map.of("HEDDLE_SENDING_FRAME_BYTES", "2MiB"));

    private static TestServer server(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("HEDDLE_DEADLINES_WRITE", "4s");
        settings.put("HEDDLE_DEADLINES_PING_INTERVAL", "500ms");
        settings.put("HEDDLE_DEADLINES_PONG", "500ms");
        settings.put("HEDDLE_CHANNELS_RULES", "slow:* history=1000 history-bytes=2MiB");
        settings.put("HEDDLE_USERS_LOGIN_DEADLINE", "30s");
        return new TestServer(TestServer.configured(settings));
    }

    @BeforeAll
    static void publish() {
        publish(SERVER, CHANNELS, EACH);
        publish(OF_LONG_FRAMES, 1, LONG);
    }

    private static void publish(TestServer server, int channels, int each) {
        String data = '"' + "x".repeat(BYTES) + '"';
        for (int i = 0; i < channels * each; i++) {
            Message message = new Message(data, null, null, null);
            server.heddle().channels().publish("slow:" + i % channels, message, false);
        }
    }

    @Test
    void getsEverythingInPortionsAtItsRate() throws Exception {
        assertTrue(longestFrame(SERVER, CHANNELS, EACH, 64) <= 64 << 10);
    }

    @Test
    void getsEverythingInWholeRepliesAtItsRate() throws Exception {
        assertTrue(longestFrame(SERVER, CHANNELS, EACH, 0) <= 64 << 10);
    }

    @Test
    void getsAReplyOfASingleFrameAtItsRate() throws Exception {
        assertTrue(longestFrame(OF_LONG_FRAMES, 1, LONG, 0) >= LONG * BYTES);
    }

    /// Reads all of it.
    ///
    /// @param limit publications of a portion; 0 for all at once
    /// @return the payload of the longest frame
    private static int longestFrame(TestServer server, int channels, int each, int limit)
            throws IOException {
        try (SlowReader reader = new SlowReader(server.port(), BYTES_PER_SECOND)) {
            reader.subscribeAll(channels, limit);
            assertEquals(channels * each, reader.readPublications());
            assertEquals(channels, reader.subscribed());
            reader.requireOpen();
            return reader.longestFrame();
        } finally {
            assertEquals(0, server.heddle().counters().slowConsumers.sum());
        }
    }
}
