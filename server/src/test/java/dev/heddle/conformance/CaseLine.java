package dev.heddle.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// One line of a table of cases: columns between `|`, the first of which is the number and the
/// second what the case is about.
///
/// @param place file and line, for messages
/// @param number the case's number
/// @param title what it is about
/// @param columns the columns after these two
record CaseLine(String place, String number, String title, List<String> columns) {
    private static final Pattern NUMBER = Pattern.compile("(b[12]\\.)?\\d{1,2}(\\.\\d{1,3}){0,2}");

    CaseLine {
        columns = List.copyOf(columns);
        if (!NUMBER.matcher(number).matches() || title.isEmpty() || columns.size() < 2) {
            throw new TableException(place + ": not `number | title | columns...`");
        }
    }

    /// The cases of a file in the folder of tables; lines that are empty or begin with `#` are left
    /// out. A number that comes twice is an error.
    static List<CaseLine> read(String file) {
        try (InputStream in = CaseLine.class.getResourceAsStream("/conformance/" + file)) {
            if (in == null) {
                throw new TableException("no table " + file);
            }
            return parse(file, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<CaseLine> parse(String file, String text) {
        List<String> lines = text.lines().toList();
        List<CaseLine> cases =
                IntStream.range(0, lines.size())
                        .filter(i -> !lines.get(i).isBlank() && !lines.get(i).startsWith("#"))
                        .mapToObj(i -> of(file + ":" + (i + 1), lines.get(i)))
                        .toList();
        Set<String> numbers = new HashSet<>();
        for (CaseLine line : cases) {
            if (!numbers.add(line.number)) {
                throw new TableException(line.place + ": " + line.number + " is taken");
            }
        }
        return cases;
    }

    private static CaseLine of(String place, String line) {
        List<String> columns = Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
        String title = columns.size() < 2 ? "" : columns.get(1);
        List<String> rest = columns.size() < 2 ? List.of() : columns.subList(2, columns.size());
        return new CaseLine(place, columns.getFirst(), title, rest);
    }

    /// The number up to its first point: the group, `b1` and `b2` included.
    String group() {
        return number.substring(0, number.indexOf('.'));
    }

    /// The same failure, with number and place of this case at the front of what it says.
    AssertionError failed(AssertionError failure) {
        return new AssertionError(this + " (" + place + "): " + failure.getMessage(), failure);
    }

    @Override
    public String toString() {
        return number + " " + title;
    }
}
