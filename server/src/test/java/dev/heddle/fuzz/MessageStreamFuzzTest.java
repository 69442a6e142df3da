package dev.heddle.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;

import dev.heddle.config.EndpointLimits;
import dev.heddle.frame.FrameReader;
import dev.heddle.frame.ProtocolViolation;
import dev.heddle.message.Incoming;
import dev.heddle.message.MessageReader;
import dev.heddle.message.UnfinishedBytes;
import dev.heddle.support.ChoppedInput;
import dev.heddle.support.IdlePeer;
import dev.heddle.support.TestIntake;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/// Whatever bytes come: messages are read or refused, every text is UTF-8, what unfinished ones
/// hold stays within its bound and is let go, and how the bytes are cut makes no difference.
class MessageStreamFuzzTest {
    private static final int MAX_BYTES = 4096;
    private static final EndpointLimits LIMITS =
            new EndpointLimits(2048, MAX_BYTES, 8, MAX_BYTES, 256, 1 << 20);

    private final UnfinishedBytes unfinished = new UnfinishedBytes(MAX_BYTES);

    @FuzzTest(maxDuration = "2m")
    void anyCutGivesTheSameMessages(byte[] bytes) throws IOException {
        String whole = read(new ByteArrayInputStream(bytes));
        Random random = new Random(Arrays.hashCode(bytes));
        assertEquals(whole, read(ChoppedInput.thenEnd(bytes, random)));
        assertEquals(0, unfinished.held());
    }

    private String read(InputStream in) throws IOException {
        StringBuilder seen = new StringBuilder();
        FrameReader frames = new FrameReader(TestIntake.of(in));
        try (MessageReader messages =
                new MessageReader(frames, LIMITS, unfinished.share(new IdlePeer()))) {
            while (true) {
                seen.append(shown(messages.readNext())).append(' ');
                assertTrue(unfinished.held() <= MAX_BYTES);
            }
        } catch (ProtocolViolation violation) {
            seen.append(violation.closeCode()).append(violation.reason());
        } catch (EOFException end) {
            seen.append("end");
        }
        return seen.toString();
    }

    private static String shown(Incoming incoming) throws CharacterCodingException {
        return switch (incoming) {
            case Incoming.Text(byte[] bytes, int offset, int length) ->
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes, offset, length))
                            .toString();
            case Incoming.Binary(byte[] bytes, int offset, int length) ->
                    Arrays.toString(Arrays.copyOfRange(bytes, offset, offset + length));
            case Incoming.Ping(byte[] payload) -> "ping " + Arrays.toString(payload);
            case Incoming.Pong pong -> "pong";
            case Incoming.Close(int code) -> "close " + code;
        };
    }
}
