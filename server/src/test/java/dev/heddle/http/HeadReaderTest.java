package dev.heddle.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.heddle.buffer.BufferPool;
import dev.heddle.buffer.Intake;
import dev.heddle.support.ChoppedInput;
import dev.heddle.support.Property;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;

class HeadReaderTest {
    private static final String HOST = "Host: a\r\n";
    private static final int SMALL = 1024;
    private static final int LARGE = 16 * 1024;

    private final BufferPool small = new BufferPool(SMALL, 4);
    private final BufferPool large = new BufferPool(LARGE, 4);

    private HeadReader reader(ChoppedInput in, int maxHeadBytes, int maxHeaders) {
        return new HeadReader(in, small, large, new HeadLimits(maxHeadBytes, maxHeaders));
    }

    private HeadReader readerOf(String arrived, int maxHeadBytes, int maxHeaders) {
        byte[] bytes = arrived.getBytes(ISO_8859_1);
        return reader(ChoppedInput.thenSilence(bytes), maxHeadBytes, maxHeaders);
    }

    @AfterEach
    void allBuffersAreGivenBack() {
        assertEquals(0, small.leased() + large.leased());
    }

    /// A request of exactly this many bytes, by its target or by a header.
    private static String request(int bytes, boolean byTarget) {
        String filler = "x".repeat(bytes);
        String all =
                byTarget
                        ? "GET /" + filler + " HTTP/1.1\r\n" + HOST + "\r\n"
                        : "GET / HTTP/1.1\r\n" + HOST + "X-Filler: " + filler + "\r\n\r\n";
        int tooMany = all.length() - bytes;
        return all.replace(filler, filler.substring(tooMany));
    }

    @ParameterizedTest
    @CsvSource({"512, true", "1024, true", "1025, true", "8192, true", "16384, true"})
    void aHeadMayReachItsLimit(int bytes, boolean byTarget) throws Exception {
        for (boolean where : new boolean[] {byTarget, !byTarget}) {
            try (HeadReader reader = readerOf(request(bytes, where), bytes, 100)) {
                assertNotNull(reader.read());
                assertFalse(reader.hasStarted());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 1024, 1025, 8192, 16383})
    void oneByteMoreIsTooMuchAndTheAnswerSaysOfWhat(int limit) {
        try (HeadReader reader = readerOf(request(limit + 1, false), limit, 100)) {
            assertSame(BadRequest.HEAD_TOO_LARGE, assertThrows(BadRequest.class, reader::read));
        }
        String longTarget = "GET /" + "x".repeat(limit);
        try (HeadReader reader = readerOf(longTarget, limit, 100)) {
            assertSame(BadRequest.TARGET_TOO_LONG, assertThrows(BadRequest.class, reader::read));
        }
    }

    @Test
    void aHeadThatEndsJustBehindItsLimitIsTooLargeWhateverHasArrived() {
        for (int arrived = 600; arrived <= 700; arrived++) {
            String head = request(601, false) + "y".repeat(100);
            ChoppedInput in =
                    ChoppedInput.thenSilence(Arrays.copyOf(head.getBytes(ISO_8859_1), arrived));
            try (HeadReader reader = reader(in, 600, 100)) {
                assertThrows(BadRequest.class, reader::read);
            }
        }
    }

    @Test
    void oneEmptyLineBeforeARequestIsPassedOver() throws Exception {
        String request = "\r\nGET /a HTTP/1.1\r\n" + HOST + "\r\n";
        try (HeadReader reader = readerOf(request + request, 1024, 100)) {
            assertEquals("/a", Objects.requireNonNull(reader.read()).path());
            assertEquals("/a", Objects.requireNonNull(reader.read()).path());
            assertFalse(reader.hasStarted());
        }
    }

    @Test
    void aHeadMayHaveAsManyHeadersAsTheLimitSaysAndNoMore() throws Exception {
        String start = "GET / HTTP/1.1\r\n" + HOST;
        try (HeadReader reader = readerOf(start + "a: b\r\n".repeat(4) + "\r\n", 512, 5)) {
            assertNotNull(reader.read());
        }
        try (HeadReader reader = readerOf(start + "a: b\r\n".repeat(5) + "\r\n", 512, 5)) {
            assertSame(BadRequest.TOO_MANY_HEADERS, assertThrows(BadRequest.class, reader::read));
        }
    }

    @Test
    void anyChunkingGivesTheSameHeadsAndLeavesWhatIsBehindThem() {
        Property.holds(
                300,
                random -> {
                    String wire = "";
                    int heads = 1 + random.nextInt(4);
                    for (int i = 0; i < heads; i++) {
                        String target = "/" + i + "x".repeat(random.nextInt(1500)) + "?q";
                        String filler = "x".repeat(random.nextInt(1500));
                        wire += "GET " + target + " HTTP/1.1\r\nX-A: " + filler + "\r\n";
                        wire += "hOST:  \t h" + i + " \r\nConnection: a\r\nConnection: b\r\n\r\n";
                    }
                    String behind = "y".repeat(random.nextInt(300));
                    byte[] bytes = (wire + behind).getBytes(ISO_8859_1);
                    try (HeadReader reader =
                            reader(ChoppedInput.thenEnd(bytes, random), 4096, 100)) {
                        for (int i = 0; i < heads; i++) {
                            RequestHead head = Objects.requireNonNull(reader.read());
                            assertEquals("/" + i, head.path().substring(0, 2));
                            assertTrue(
                                    head.path().endsWith(i + "x".repeat(head.path().length() - 2)));
                            assertEquals("h" + i, head.header(Header.HOST));
                            assertEquals("a, b", head.header(Header.CONNECTION));
                        }
                        Intake behindIt = reader.intake();
                        String left =
                                new String(
                                        behindIt.bytes(),
                                        behindIt.from(),
                                        behindIt.to() - behindIt.from(),
                                        ISO_8859_1);
                        assertTrue(behind.startsWith(left));
                        assertEquals(!left.isEmpty(), reader.hasStarted());
                        assertNull(reader.read());
                    }
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\0",
                "\u0016\u0003\u0001\u0002\u0000\u0001",
                " ",
                "\n",
                "\rG",
                "\r\n ",
                "\r\n\r\n",
                "\r\n(",
                "(",
                "GET /\u0001",
                "GET /\u007F",
                "GET /\u00E9",
                "GET / HTTP/1.1\n",
                "GET / HTTP/1.1\rX",
                "GET / HTTP/1.1\r\r",
                "GET / HTTP/1.1\r\nHost: a\n",
                "GET / HTTP/1.1\r\nHost: a\0",
                "GET / HTTP/1.1\r\nHost: a\u001b[2J",
            })
    void whatCanBeNoHeadIsRefusedWithoutWaitingForItsEnd(String arrived) {
        try (HeadReader reader = readerOf(arrived, 512, 100)) {
            assertSame(BadRequest.SYNTAX, assertThrows(BadRequest.class, reader::read));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "G",
                "GET / HTTP/1.1\r",
                "GET / HTTP/1.1\r\nHost: a",
                "GET / HTTP/1.1\r\n\tx: \u00E9\r\n\r",
            })
    void whatMayStillBecomeAHeadIsWaitedFor(String arrived) {
        try (HeadReader reader = readerOf(arrived, 512, 100)) {
            assertThrows(ChoppedInput.WouldBlock.class, reader::read);
            assertEquals(!arrived.isEmpty(), reader.hasStarted());
        }
    }

    @Test
    void theEndOfTheStreamIsNoHead() throws Exception {
        byte[] half = "GET / HT".getBytes(ISO_8859_1);
        try (HeadReader reader = reader(ChoppedInput.thenEnd(half, new Random(1)), 512, 9)) {
            assertNull(reader.read());
            assertTrue(reader.hasStarted());
        }
        try (HeadReader reader = reader(ChoppedInput.thenEnd(new byte[0], new Random(1)), 512, 9)) {
            assertNull(reader.read());
            assertFalse(reader.hasStarted());
        }
    }

    @Test
    void aLargeBufferIsBorrowedOnlyForAHeadThatNeedsIt() throws Exception {
        try (HeadReader reader = readerOfWhole(request(SMALL, false))) {
            reader.read();
            assertEquals(1, small.leased());
            assertEquals(0, large.leased());
        }
        try (HeadReader reader = readerOfWhole(request(SMALL + 1, false))) {
            reader.read();
            assertEquals(0, small.leased());
            assertEquals(1, large.leased());
        }
    }

    /// Of a request that has arrived in one piece.
    private HeadReader readerOfWhole(String request) {
        InputStream in = new ByteArrayInputStream(request.getBytes(ISO_8859_1));
        return new HeadReader(in, small, large, new HeadLimits(LARGE, 100));
    }
}
