package dev.heddle.user;

import dev.heddle.channel.ChannelName;

import java.nio.charset.StandardCharsets;

/// The ids that a user can have.
public final class UserIds {
    /// As gowebsocket has it.
    private static final int MAX_BYTES = 19;

    private UserIds() {}

    /// Whether the text can be a user's id: 1 to 19 bytes of UTF-8, without control characters,
    /// line ends and lone surrogates, which would let an id pass for another, or for more than one
    /// line, wherever it is shown; and neither `.` nor `..`, which no URL can name.
    public static boolean isValid(String text) {
        // Every character has at least one byte, so a long text is refused without encoding it.
        return !text.isEmpty()
                && text.length() <= MAX_BYTES
                && !ChannelName.isDotSegment(text)
                && text.codePoints().allMatch(UserIds::isAllowed)
                && text.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
    }

    private static boolean isAllowed(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE ->
                    false;
            default -> true;
        };
    }
}
