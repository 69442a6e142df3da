package dev.heddle.doctor;

import dev.heddle.doctor.Finding.Mark;

import java.nio.charset.Charset;

/// The medium on which a report is written.
///
/// @param columns how wide it is
/// @param isPlain whether it takes ASCII alone
/// @param isColoured whether it is a terminal that knows colours
public record Paper(int columns, boolean isPlain, boolean isColoured) {
    private static final int MIN_COLUMNS = 60;
    private static final int USUAL_COLUMNS = 80;
    private static final int MAX_COLUMNS = 100;

    private static final String RESET = "\u001b[0m";

    /// A style of text, by its number in ECMA-48 (SGR).
    enum Style {
        BOLD(1),
        FAINT(2),
        RED(31),
        GREEN(32),
        YELLOW(33);

        private final int number;

        Style(int number) {
            this.number = number;
        }
    }

    /// Paper for a stream.
    ///
    /// @param columns as the environment has it; anything
    /// @param charset of the stream
    public static Paper of(String columns, Charset charset, boolean isColoured) {
        int wide = columns.matches("[0-9]{1,4}") ? Integer.parseInt(columns) : USUAL_COLUMNS;
        return new Paper(
                Math.clamp(wide, MIN_COLUMNS, MAX_COLUMNS),
                !charset.newEncoder().canEncode("✓✗→µ"),
                isColoured);
    }

    /// The sign for a mark.
    String sign(Mark mark) {
        return switch (mark) {
            case GOOD -> styled(isPlain ? "+" : "✓", Style.GREEN);
            case ADVICE -> styled("!", Style.YELLOW);
            case TOO_FEW, FAULT -> styled(isPlain ? "x" : "✗", Style.RED);
            case UNKNOWN -> styled("?", Style.YELLOW);
        };
    }

    String styled(String text, Style style) {
        return isColoured ? "\u001b[" + style.number + "m" + text + RESET : text;
    }

    String arrow() {
        return isPlain ? "->" : "→";
    }

    /// The text without what this paper does not take.
    String fit(String text) {
        return isPlain ? text.replace('µ', 'u') : text;
    }
}
