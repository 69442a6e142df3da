package dev.heddle.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The files in which Linux says what it allows.
///
/// A value is empty if its file is missing, may not be read, or is not in the kernel's form. Blocks
/// for as long as reading a small file takes.
///
/// @param root the folder that `proc` and `sys` are in: `/`, or that of a faked or foreign machine
public record Machine(Path root) {
    private static final int MAX_BYTES = 64 * 1024;
    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,20}");

    /// The files of this machine.
    public static final Path HERE = Path.of("/");

    boolean has(String path) {
        return Files.exists(root.resolve(path));
    }

    /// The beginning of a file, up to 64 KiB.
    Optional<String> text(String path) {
        try (InputStream in = Files.newInputStream(root.resolve(path))) {
            return Optional.of(new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8));
        } catch (IOException | SecurityException unreadable) {
            return Optional.empty();
        }
    }

    /// The lines of a file; none if it cannot be read.
    List<String> lines(String path) {
        return text(path).stream().flatMap(String::lines).toList();
    }

    /// The one word in a file.
    Optional<String> word(String path) {
        return text(path).map(String::strip).filter(word -> word.matches("[\\x21-\\x7e]{1,64}"));
    }

    /// The one number in a file. One too large for a `long` is the largest.
    Optional<Long> number(String path) {
        return text(path).map(String::strip).flatMap(Machine::parse);
    }

    /// The numbers in a file; none unless there are as many as there should be.
    List<Long> numbers(String path, int count) {
        List<Long> numbers =
                text(path).map(String::strip).stream()
                        .flatMap(text -> Stream.of(text.split("\\s+")))
                        .flatMap(word -> parse(word).stream())
                        .toList();
        return numbers.size() == count ? numbers : List.of();
    }

    /// The number behind a name at the start of a line, such as `MemTotal: 24684096 kB`.
    Optional<Long> field(String path, String name) {
        Pattern line = Pattern.compile("(?m)^" + Pattern.quote(name) + "\\s+(\\S+)");
        return text(path).map(line::matcher).filter(Matcher::find).flatMap(m -> parse(m.group(1)));
    }

    static Optional<Long> parse(String text) {
        return NUMBER.matcher(text).matches()
                ? Optional.of(new BigInteger(text).min(MOST).max(MOST.negate()).longValueExact())
                : Optional.empty();
    }
}
