package dev.heddle.cli;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/// A terminal that shows one picture after the other, by the sequences that all of them know
/// (ECMA-48 and xterm's second screen). [#close] gives it back as it was. **Thread-safe**, so that
/// it can be closed while the process ends.
final class Screen implements AutoCloseable {
    private static final String ESCAPE = "\u001b[";
    private static final String ENTER = ESCAPE + "?1049h" + ESCAPE + "?25l";
    private static final String LEAVE = ESCAPE + "?25h" + ESCAPE + "?1049l";
    private static final String HOME = ESCAPE + "H";
    private static final String END_OF_LINE = ESCAPE + "K";
    private static final String END_OF_SCREEN = ESCAPE + "J";

    private final PrintStream out;
    private final Supplier<Size> size;
    private final AtomicBoolean isResized = new AtomicBoolean(true);
    private Size last = Size.USUAL;
    private boolean isClosed;

    /// How large it is, in characters.
    record Size(int columns, int rows) {
        static final Size USUAL = new Size(80, 24);

        /// A size of so many columns, without a last line.
        static Size unbounded(int columns) {
            return new Size(columns, Integer.MAX_VALUE);
        }
    }

    /// How text is marked.
    enum Style {
        PLAIN,
        ANSI;

        String bold(String text) {
            return styled(text, "1");
        }

        /// A text that needs attention.
        String alarm(String text) {
            return styled(text, "31");
        }

        private String styled(String text, String number) {
            return this == PLAIN ? text : ESCAPE + number + "m" + text + ESCAPE + "0m";
        }
    }

    /// Takes the terminal over.
    ///
    /// @param size asked for now, and after each [#resized]
    Screen(PrintStream out, Supplier<Size> size) {
        this.out = out;
        this.size = size;
        out.print(ENTER);
        out.flush();
    }

    /// Has the size asked for anew.
    void resized() {
        isResized.set(true);
    }

    synchronized Size size() {
        if (isResized.getAndSet(false)) {
            last = size.get();
        }
        return last;
    }

    /// Shows these lines, and nothing else. The cursor stays at the top, where what somebody types
    /// does not move the picture.
    synchronized void show(List<String> lines) {
        if (!isClosed) {
            out.print(HOME + String.join(END_OF_LINE + "\r\n", lines));
            out.print(END_OF_LINE + END_OF_SCREEN + HOME);
            out.flush();
        }
    }

    @Override
    public synchronized void close() {
        if (!isClosed) {
            isClosed = true;
            out.print(LEAVE);
            out.flush();
        }
    }

    /// The size of the terminal that this process runs in, as `stty` says it, or the environment's
    /// `COLUMNS` and `LINES`, or 80 by 24. Blocks for a moment.
    static Size sizeHere(Map<String, String> environment) {
        try {
            Process stty =
                    new ProcessBuilder("stty", "size")
                            .redirectInput(Redirect.from(Path.of("/dev/tty").toFile()))
                            .redirectError(Redirect.DISCARD)
                            .start();
            String said =
                    new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            if (stty.waitFor(1, TimeUnit.SECONDS)
                    && said.matches("[1-9]\\d{0,4} [1-9]\\d{0,4}\\s*")) {
                String[] numbers = said.strip().split(" ", 2);
                return new Size(Integer.parseInt(numbers[1]), Integer.parseInt(numbers[0]));
            }
        } catch (IOException noTerminal) {
            return sizeOf(environment);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return sizeOf(environment);
    }

    private static Size sizeOf(Map<String, String> environment) {
        return new Size(
                number(environment.get("COLUMNS"), Size.USUAL.columns()),
                number(environment.get("LINES"), Size.USUAL.rows()));
    }

    private static int number(@Nullable String text, int otherwise) {
        return text != null && text.matches("[1-9]\\d{0,4}") ? Integer.parseInt(text) : otherwise;
    }
}
