package dev.heddle.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.heddle.config.Deadlines;
import dev.heddle.config.Settings;
import dev.heddle.frame.CloseCode;
import dev.heddle.session.EchoEndpoint;
import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;
import dev.heddle.support.Soon;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;

/// A connection's thread that cannot go on with what its client has sent is the server's fault, not
/// the client's. Here it waits for a lock that the test holds; on a busy machine, for its turn.
class HeldUpReaderTest {
    private static final int ROOM = UnfinishedDeadlineTest.ROOM;
    private static final Deadlines DEADLINES = Settings.defaults().deadlines();
    private static final int MESSAGE_MILLIS = (int) DEADLINES.receiving().message().toMillis();

    /// More than half of the room, so that all of it is reserved for it.
    private static final byte[] BIG = new byte[ROOM * 3 / 4];

    private HandTurnedServer server;
    private RawClient heldUp;

    @BeforeEach
    void open() throws IOException {
        server =
                new HandTurnedServer(
                        new EchoEndpoint(), DEADLINES, UnfinishedDeadlineTest.limits());
        heldUp = RawClient.open(server.port(), "/");
        server.awaitAtRest(); // or the lock would keep it from beginning to read
    }

    @AfterEach
    void close() throws IOException {
        heldUp.close();
        server.close();
        server.awaitNothingLeft();
    }

    /// The pong needs the lock.
    private void holdUp() throws IOException {
        heldUp.send(RawFrame.binary(BIG).unfinished(), RawFrame.ping("held up"));
        Soon.until(() -> server.unfinished.held() == ROOM);
        server.awaitHeldUp();
    }

    @Test
    void itsClientIsNotSentAwayAsSilent() throws Exception {
        try (RawClient silent = RawClient.open(server.port(), "/");
                RawClient waiting = RawClient.open(server.port(), "/")) {
            synchronized (server.firstOutbox()) {
                holdUp();
                silent.send(RawFrame.text("a").unfinished());
                Soon.until(() -> server.unfinished.held() > ROOM);
                waiting.send(RawFrame.text("b").unfinished());
                silent.expectClose(CloseCode.TRY_AGAIN_LATER);
                waiting.send(RawFrame.of(RawFrame.CONTINUATION, (byte) 'c'));
                assertEquals("bc", waiting.readFrame().text());
            }
            assertEquals(RawFrame.PONG, heldUp.readFrame().opcode());
            heldUp.send(RawFrame.of(RawFrame.CONTINUATION));
            assertEquals(BIG.length, heldUp.readFrame().payload().length);
        }
    }

    @Test
    void itsClientHasAsMuchTimeAgainForItsMessage() throws Exception {
        synchronized (server.firstOutbox()) {
            holdUp();
            server.turn(MESSAGE_MILLIS + 1_000);
        }
        assertEquals(RawFrame.PONG, heldUp.readFrame().opcode());
        heldUp.send(RawFrame.of(RawFrame.CONTINUATION));
        assertEquals(BIG.length, heldUp.readFrame().payload().length);
    }

    @Test
    void itsClientIsToldWhyItEndsThoughTheCloseDeadlineIsOver() throws Exception {
        synchronized (server.firstOutbox()) {
            holdUp();
            server.turn(2 * MESSAGE_MILLIS + 1_000);
            server.turn(2 * (int) DEADLINES.close().toMillis());
        }
        assertEquals(RawFrame.PONG, heldUp.readFrame().opcode());
        heldUp.expectClose(CloseCode.POLICY_VIOLATION);
    }

    @Test
    void itsConnectionEndsAtTheWriteDeadlineAtLast() throws Exception {
        synchronized (server.firstOutbox()) {
            holdUp();
            server.turn(2 * MESSAGE_MILLIS + 1_000);
            server.turn((int) DEADLINES.sending().write().toMillis());
            assertThrows(AssertionError.class, heldUp::readFrame);
        }
    }
}
