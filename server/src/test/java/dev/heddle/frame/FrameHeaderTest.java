package dev.heddle.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

class FrameHeaderTest {

    /// @param enough how many of the bytes break the rule; with fewer it may still be kept
    record Bad(String hex, int enough, ProtocolViolation violation) {}

    static List<Bad> badHeaders() {
        List<Bad> all = new ArrayList<>();
        for (String first : List.of("c1", "a1", "91", "f2", "c0", "d8", "e9", "40", "10")) {
            all.add(new Bad(first, 1, ProtocolViolation.RESERVED_BITS));
        }
        for (String last : List.of("3", "4", "5", "6", "7", "b", "c", "d", "e", "f")) {
            all.add(new Bad("8" + last, 1, ProtocolViolation.RESERVED_OPCODE));
            all.add(new Bad("0" + last, 1, ProtocolViolation.RESERVED_OPCODE));
        }
        for (String first : List.of("08", "09", "0a")) {
            all.add(new Bad(first, 1, ProtocolViolation.CONTROL_FRAGMENTED));
        }
        for (String first : List.of("80", "81", "82", "88", "89", "8a", "00", "01")) {
            for (String second : List.of("00", "05", "7d", "7e", "7f")) {
                all.add(new Bad(first + second, 2, ProtocolViolation.NOT_MASKED));
            }
        }
        for (String first : List.of("88", "89", "8a")) {
            all.add(new Bad(first + "fe", 2, ProtocolViolation.CONTROL_TOO_LONG));
            all.add(new Bad(first + "ff", 2, ProtocolViolation.CONTROL_TOO_LONG));
        }
        for (String length : List.of("0000", "0001", "0005", "007d")) {
            all.add(new Bad("81fe" + length, 4, ProtocolViolation.LENGTH_NOT_MINIMAL));
        }
        for (String length : List.of("0000000000000000", "000000000000007e", "000000000000ffff")) {
            all.add(new Bad("82ff" + length, 10, ProtocolViolation.LENGTH_NOT_MINIMAL));
        }
        for (String length : List.of("8000000000000000", "8000000000000005", "ffffffffffffffff")) {
            all.add(new Bad("82ff" + length, 10, ProtocolViolation.LENGTH_TOP_BIT));
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("badHeaders")
    void refusesABadHeaderAsSoonAsItsBytesTell(Bad bad) throws ProtocolViolation {
        byte[] bytes = Arrays.copyOf(HexFormat.of().parseHex(bad.hex()), FrameHeader.MAX_BYTES);
        for (int length = 0; length < bad.enough(); length++) {
            assertNull(FrameHeader.decode(bytes, 0, length, false), "with " + length + " bytes");
        }
        for (int length = bad.enough(); length <= bytes.length; length++) {
            int to = length;
            ProtocolViolation thrown =
                    assertThrows(
                            ProtocolViolation.class, () -> FrameHeader.decode(bytes, 0, to, false));
            assertSame(bad.violation(), thrown, "with " + length + " bytes");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "8180, true, TEXT, 0",
        "0180, false, TEXT, 0",
        "82fd, true, BINARY, 125",
        "80fd, true, CONTINUATION, 125",
        "0081, false, CONTINUATION, 1",
        "8880, true, CLOSE, 0",
        "89fd, true, PING, 125",
        "8afd, true, PONG, 125",
        "81fe007e, true, TEXT, 126",
        "81fe007f, true, TEXT, 127",
        "81feffff, true, TEXT, 65535",
        "02ff0000000000010000, false, BINARY, 65536",
        "82ff000000007fffffff, true, BINARY, 2147483647",
        "82ff0000000080000000, true, BINARY, 2147483648",
        "82ff00000000ffffffff, true, BINARY, 4294967295",
        "82ff0000000100000000, true, BINARY, 4294967296",
        "82ff0020000000000000, true, BINARY, 9007199254740992",
        "82ff7fffffffffffffff, true, BINARY, 9223372036854775807",
    })
    void decodesAGoodHeaderOnceItIsWhole(String hex, boolean fin, Opcode opcode, long length)
            throws ProtocolViolation {
        byte[] header = HexFormat.of().parseHex(hex + "01020384");
        for (int offset : new int[] {0, 1, 3, 7}) {
            byte[] bytes = new byte[offset + header.length + 5];
            Arrays.fill(bytes, (byte) 0x7F);
            System.arraycopy(header, 0, bytes, offset, header.length);
            int end = offset + header.length;
            for (int to = offset; to < end; to++) {
                assertNull(FrameHeader.decode(bytes, offset, to, false));
            }
            FrameHeader expected = new FrameHeader(fin, opcode, length, 0x84030201, false);
            assertEquals(expected, FrameHeader.decode(bytes, offset, end, false));
            assertEquals(expected, FrameHeader.decode(bytes, offset, bytes.length, false));
            assertEquals(header.length, expected.encodedBytes());
        }
    }

    @Test
    void ofAllPairsOfFirstBytesTheRulesLeaveThese() {
        for (int first = 0; first < 256; first++) {
            for (int second = 0; second < 256; second++) {
                byte[] bytes = {(byte) first, (byte) second};
                int opcode = first & 0x0F;
                boolean data = opcode <= 2;
                boolean control = opcode >= 8 && opcode <= 10;
                boolean good =
                        (first & 0x70) == 0
                                && second >= 0x80
                                && (data || control && first >= 0x80 && (second & 0x7F) <= 125);
                assertEquals(good, isTaken(bytes), () -> HexFormat.of().formatHex(bytes));
            }
        }
    }

    private static boolean isTaken(byte[] bytes) {
        try {
            return FrameHeader.decode(bytes, 0, bytes.length, false) == null;
        } catch (ProtocolViolation violation) {
            return false;
        }
    }
}
