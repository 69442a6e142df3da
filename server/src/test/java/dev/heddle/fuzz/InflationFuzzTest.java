package dev.heddle.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;

import dev.heddle.config.EndpointLimits;
import dev.heddle.deflate.Agreement;
import dev.heddle.deflate.Deflation;
import dev.heddle.deflate.ZlibPool;
import dev.heddle.frame.FrameReader;
import dev.heddle.frame.ProtocolViolation;
import dev.heddle.message.Incoming;
import dev.heddle.message.Inflation;
import dev.heddle.message.MessageReader;
import dev.heddle.message.UnfinishedBytes;
import dev.heddle.support.ChoppedInput;
import dev.heddle.support.IdlePeer;
import dev.heddle.support.RawFrame;
import dev.heddle.support.TestIntake;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;

/// Whatever a client sends as a compressed message, however it is cut into fragments and reads: it
/// inflates to the same, or is refused, within the limits, and nothing is held afterwards.
class InflationFuzzTest {
    private static final int MAX_BYTES = 8192;
    private static final EndpointLimits LIMITS =
            new EndpointLimits(MAX_BYTES, MAX_BYTES, 10_000, MAX_BYTES, 256, 1 << 20);
    private static final String REFUSED = "refused";

    private final UnfinishedBytes unfinished =
            new UnfinishedBytes(MAX_BYTES + ZlibPool.INFLATER_BYTES);

    @FuzzTest(maxDuration = "2m")
    void anyCutInflatesToTheSame(byte[] payload) throws IOException {
        byte[] message = Arrays.copyOf(payload, Math.min(payload.length, MAX_BYTES));
        try (Deflation deflation = new Deflation(6, 1, MAX_BYTES)) {
            String whole = read(deflation, frames(message, MAX_BYTES), new Random(1));
            Random random = new Random(Arrays.hashCode(message));
            int step = 1 + random.nextInt(20);
            assertEquals(whole, read(deflation, frames(message, step), random));
            assertEquals(0, unfinished.held());
            assertEquals(0, deflation.pool().lent());
            assertEquals(0, deflation.windowBytes());
        }
    }

    /// The same message twice, the second of which may refer to the first.
    private static byte[] frames(byte[] message, int step) {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        for (int i = 0; i < 2; i++) {
            int at = 0;
            do {
                int end = Math.min(message.length, at + step);
                int opcode = at == 0 ? RawFrame.BINARY : RawFrame.CONTINUATION;
                RawFrame frame = RawFrame.of(opcode, Arrays.copyOfRange(message, at, end));
                frame = at == 0 ? frame.rsv(4) : frame;
                wire.writeBytes((end == message.length ? frame : frame.unfinished()).encoded());
                at = end;
            } while (at < message.length);
        }
        return wire.toByteArray();
    }

    private String read(Deflation deflation, byte[] wire, Random random) throws IOException {
        StringBuilder seen = new StringBuilder();
        Inflation inflation = new Inflation(deflation.window(new Agreement(15, 12)));
        FrameReader frames = new FrameReader(TestIntake.of(ChoppedInput.thenEnd(wire, random)));
        try (MessageReader messages =
                new MessageReader(frames, LIMITS, unfinished.share(new IdlePeer()), inflation)) {
            while (true) {
                Incoming.Binary message = (Incoming.Binary) messages.readNext();
                assertTrue(message.length() <= MAX_BYTES);
                seen.append(Arrays.hashCode(message.toByteArray())).append(' ');
            }
        } catch (ProtocolViolation violation) {
            seen.append(REFUSED);
        } catch (EOFException end) {
            seen.append("end");
        } finally {
            inflation.window().release();
        }
        return seen.toString();
    }
}
