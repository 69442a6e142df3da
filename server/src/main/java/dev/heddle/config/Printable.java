package dev.heddle.config;

import java.util.stream.Collectors;

/// Text of unknown origin made fit for one line of a terminal.
public final class Printable {
    private static final int MAX_CODE_POINTS = 200;

    private Printable() {}

    /// The text with everything escaped that a terminal might act on, cut where it becomes too
    /// long.
    public static String of(String text) {
        String head =
                text.codePoints()
                        .limit(MAX_CODE_POINTS)
                        .mapToObj(Printable::escape)
                        .collect(Collectors.joining());
        return text.codePointCount(0, text.length()) > MAX_CODE_POINTS ? head + "..." : head;
    }

    private static String escape(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED ->
                    String.format("\\u%04x", codePoint);
            default -> Character.toString(codePoint);
        };
    }
}
