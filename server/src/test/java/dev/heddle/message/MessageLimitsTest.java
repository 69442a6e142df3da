package dev.heddle.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.config.EndpointLimits;
import dev.heddle.frame.FrameReader;
import dev.heddle.frame.ProtocolViolation;
import dev.heddle.support.ChoppedInput;
import dev.heddle.support.IdlePeer;
import dev.heddle.support.RawFrame;
import dev.heddle.support.TestIntake;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;

/// Each limit: what reaches it passes, one more fails, and nothing is held afterwards.
class MessageLimitsTest {
    private static final int FRAME = 3000;
    private static final int MESSAGE = 5000;
    private static final int FRAGMENTS = 7;
    private static final EndpointLimits LIMITS =
            new EndpointLimits(FRAME, MESSAGE, FRAGMENTS, MESSAGE, 1, 1);

    private UnfinishedBytes unfinished = new UnfinishedBytes(1 << 20);

    private MessageReader reader(byte[] wire) {
        return reader(ChoppedInput.thenSilence(wire));
    }

    private MessageReader reader(InputStream in) {
        FrameReader frames = new FrameReader(TestIntake.of(in));
        return new MessageReader(frames, LIMITS, unfinished.share(new IdlePeer()));
    }

    private static byte[] fragments(int... lengths) {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        for (int i = 0; i < lengths.length; i++) {
            int opcode = i == 0 ? RawFrame.BINARY : RawFrame.CONTINUATION;
            RawFrame frame = RawFrame.of(opcode, new byte[lengths[i]]);
            wire.writeBytes((i < lengths.length - 1 ? frame.unfinished() : frame).encoded());
        }
        return wire.toByteArray();
    }

    private void assertPasses(int... lengths) throws Exception {
        int sum = 0;
        for (int length : lengths) {
            sum += length;
        }
        try (MessageReader messages = reader(fragments(lengths))) {
            assertEquals(sum, ((Incoming.Binary) messages.readNext()).length());
        }
        assertEquals(0, unfinished.held());
    }

    private void assertFails(ProtocolViolation violation, byte[] wire) {
        try (MessageReader messages = reader(wire)) {
            assertSame(violation, assertThrows(ProtocolViolation.class, messages::readNext));
        }
        assertEquals(0, unfinished.held());
    }

    @Test
    void aFrameMayReachItsLimit() throws Exception {
        assertPasses(FRAME);
        assertPasses(1, FRAME);
    }

    @ParameterizedTest
    @ValueSource(longs = {FRAME + 1, 1 << 16, 1L << 31, 1L << 32, Long.MAX_VALUE})
    void aFrameOverItsLimitFailsFromItsHeaderAlone(long length) {
        byte[] header = RawFrame.binary().declaring(length).encoded();
        assertFails(ProtocolViolation.FRAME_TOO_BIG, header);
    }

    @Test
    void aMessageMayReachItsLimit() throws Exception {
        assertPasses(FRAME, MESSAGE - FRAME);
        assertPasses(0, 0, FRAME, MESSAGE - FRAME, 0, 0);
    }

    @Test
    void aMessageOverItsLimitFailsFromAHeaderAlone() {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        wire.writeBytes(RawFrame.binary(new byte[FRAME]).unfinished().encoded());
        RawFrame more = RawFrame.of(RawFrame.CONTINUATION).declaring(MESSAGE - FRAME + 1);
        wire.writeBytes(more.encoded());
        assertFails(ProtocolViolation.MESSAGE_TOO_BIG, wire.toByteArray());
    }

    @Test
    void aMessageMayHaveAsManyFragmentsAsTheLimitSays() throws Exception {
        assertPasses(1, 1, 1, 1, 1, 1, 1);
        assertPasses(0, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void oneFragmentMoreFails() {
        assertFails(ProtocolViolation.TOO_MANY_FRAGMENTS, fragments(1, 1, 1, 1, 1, 1, 1, 1));
        assertFails(ProtocolViolation.TOO_MANY_FRAGMENTS, fragments(0, 0, 0, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void eachMessageHasItsOwnFragmentsAndBytes() throws Exception {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        for (int i = 0; i < 3; i++) {
            wire.writeBytes(fragments(0, 0, FRAME, MESSAGE - FRAME, 0, 0, 0));
            wire.writeBytes(fragments(10));
        }
        try (MessageReader messages = reader(wire.toByteArray())) {
            for (int i = 0; i < 3; i++) {
                assertEquals(MESSAGE, ((Incoming.Binary) messages.readNext()).length());
                assertEquals(10, ((Incoming.Binary) messages.readNext()).length());
            }
        }
    }

    @Test
    void whatIsHeldGrowsWithWhatHasArrivedNotWithWhatWasClaimed() {
        byte[] wire = RawFrame.binary(new byte[10]).declaring(FRAME).encoded();
        try (MessageReader messages = reader(wire)) {
            assertThrows(ChoppedInput.WouldBlock.class, messages::readNext);
            assertTrue(unfinished.held() <= 1024, unfinished.held() + " bytes are held");
        }
        assertEquals(0, unfinished.held());
    }

    @Test
    void aMessageThatHasArrivedAndFitsTheReadBufferHoldsNothing() throws Exception {
        try (MessageReader messages = reader(new ByteArrayInputStream(fragments(400)))) {
            messages.readNext();
            assertEquals(0, unfinished.held());
        }
    }

    @Test
    void aFinishedMessageIsLetGoWithTheNextOne() throws Exception {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        wire.writeBytes(fragments(FRAME));
        wire.writeBytes(fragments(10));
        try (MessageReader messages = reader(new ByteArrayInputStream(wire.toByteArray()))) {
            messages.readNext();
            assertTrue(unfinished.held() >= FRAME);
            messages.readNext();
            assertEquals(0, unfinished.held());
        }
    }
}
