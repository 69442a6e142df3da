package dev.heddle.lifecycle;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.support.Patience;
import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.nio.ByteBuffer;
import java.util.Map;

/// A client that does not read is disconnected; nobody else loses anything.
class SlowConsumerIT {
    private static final int MESSAGES = 300;
    private static final int BYTES = 64 * 1024;

    @RegisterExtension
    static final TestServer SERVER =
            new TestServer(TestServer.configured(Map.of("HEDDLE_WS_BYTES_PER_SECOND", "0")));

    @Test
    void isClosedWith4013WhileOthersGetEverythingInOrder() throws Exception {
        try (RawClient stalled = RawClient.open(SERVER.port(), "/ws");
                RawClient reader = RawClient.open(SERVER.port(), "/ws");
                RawClient publisher = RawClient.open(SERVER.port(), "/ws")) {
            for (int i = 0; i < MESSAGES; i++) {
                byte[] payload = ByteBuffer.allocate(BYTES).putInt(i).array();
                publisher.send(RawFrame.binary(payload));
                assertEquals(i, number(publisher.readFrame()));
                assertEquals(i, number(reader.readFrame()));
            }
            await().until(() -> SERVER.heddle().counters().slowConsumers.sum() == 1);

            stalled.readWithin(Patience.BOUND);
            RawFrame frame = stalled.readFrame();
            for (int i = 0; frame.opcode() == RawFrame.BINARY; i++) {
                assertEquals(i, number(frame));
                frame = stalled.readFrame();
            }
            assertEquals(4013, frame.closeCode());
        }
    }

    private static int number(RawFrame frame) {
        return ByteBuffer.wrap(frame.payload()).getInt();
    }
}
