package dev.heddle.channel;

import dev.heddle.config.ChannelPattern;

/// The names that a channel may have.
public final class ChannelName {
    private ChannelName() {}

    /// Whether a text means another place in a URL, also percent-encoded: clients and proxies take
    /// it away before the request is sent, so what has that name could not be reached.
    public static boolean isDotSegment(String text) {
        return text.equals(".") || text.equals("..");
    }

    /// Whether a channel can have that name: 1 to 255 bytes of UTF-8 without control characters,
    /// and neither `.` nor `..`.
    public static boolean isValid(String name) {
        if (isDotSegment(name)) {
            return false;
        }
        int bytes = 0;
        for (int at = 0; at < name.length() && bytes <= ChannelPattern.MAX_NAME_BYTES; ) {
            int codePoint = name.codePointAt(at);
            int type = Character.getType(codePoint);
            if (type == Character.CONTROL || type == Character.SURROGATE) {
                return false;
            }
            bytes += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
            at += Character.charCount(codePoint);
        }
        return bytes > 0 && bytes <= ChannelPattern.MAX_NAME_BYTES;
    }
}
