package dev.heddle.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;

import dev.heddle.frame.FrameHeader;
import dev.heddle.frame.FrameReader;
import dev.heddle.frame.ProtocolViolation;
import dev.heddle.support.ChoppedInput;
import dev.heddle.support.TestIntake;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Random;

/// Whatever bytes come: frames are read or refused, and how the bytes are cut makes no difference.
class FrameStreamFuzzTest {
    @FuzzTest(maxDuration = "2m")
    void anyCutGivesTheSameFrames(byte[] bytes) throws IOException {
        String whole = read(new ByteArrayInputStream(bytes), false);
        Random random = new Random(Arrays.hashCode(bytes));
        assertEquals(whole, read(ChoppedInput.thenEnd(bytes, random), false));
        assertEquals(whole, read(ChoppedInput.thenEnd(bytes, random), true));
    }

    private static String read(InputStream in, boolean inPlace) throws IOException {
        StringBuilder seen = new StringBuilder();
        FrameReader frames = new FrameReader(TestIntake.of(in));
        try {
            while (true) {
                FrameHeader header = frames.readHeader(false);
                seen.append(header).append(' ');
                int start = inPlace ? frames.startInPlace() : -1;
                readPayload(frames, start, seen);
            }
        } catch (ProtocolViolation violation) {
            seen.append(violation.closeCode()).append(violation.reason());
        } catch (EOFException end) {
            seen.append("end");
        }
        return seen.toString();
    }

    private static void readPayload(FrameReader frames, int start, StringBuilder seen)
            throws IOException {
        byte[] part = new byte[100];
        int at = start;
        while (frames.payloadLeft() > 0) {
            byte[] from = start < 0 ? part : frames.buffer();
            int offset = start < 0 ? 0 : at;
            int count = start < 0 ? frames.readPayload(part, 0, part.length) : frames.readInPlace();
            for (int i = offset; i < offset + count; i++) {
                seen.append(from[i]).append(',');
            }
            at += count;
        }
    }
}
