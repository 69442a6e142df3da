package dev.heddle.support;

import java.util.HexFormat;

/// Bytes as a person reads them: offset, hex and ASCII, long ones abridged in the middle.
final class HexDump {
    private static final int ROW = 16;
    private static final HexFormat SPACED = HexFormat.ofDelimiter(" ");

    private HexDump() {}

    /// The rows of `bytes`, the first of which is at `offset` in the whole.
    static String rows(byte[] bytes, long offset) {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < bytes.length; at += ROW) {
            int end = Math.min(bytes.length, at + ROW);
            String hex = SPACED.formatHex(bytes, at, end);
            text.append("  %08x  %-47s  |".formatted(offset + at, hex));
            for (int i = at; i < end; i++) {
                boolean printable = bytes[i] >= 0x20 && bytes[i] < 0x7f;
                text.append(printable ? (char) bytes[i] : '.');
            }
            text.append("|\n");
        }
        return text.toString();
    }
}
