package dev.heddle.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;

/// Runs command lines in this process, and keeps what they print.
final class Terminal {
    private final String in;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    Terminal() {
        this("");
    }

    /// @param in what is piped into each command
    Terminal(String in) {
        this.in = in;
    }

    /// Runs a line without variables, and returns the exit code.
    int run(String line) {
        return run(Map.of(), line);
    }

    /// Runs a line, and returns the exit code. What earlier ones have printed is gone.
    ///
    /// @param line words between blanks
    int run(Map<String, String> environment, String line) {
        clear();
        String[] words =
                Stream.of(line.split(" ")).filter(word -> !word.isEmpty()).toArray(String[]::new);
        return new Commands(console(), environment).execute(words);
    }

    Console console() {
        return new Console(
                new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    /// Forgets what was printed.
    void clear() {
        out.reset();
        err.reset();
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
