package dev.heddle.bench.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A line `ops/heddle bench …` of a page.
///
/// @param page where it stands
/// @param arguments what follows `bench`, as a shell takes them apart
public record DocumentedLine(Path page, List<String> arguments) {
    private static final Path TOP = Path.of("..", "..");

    /// Up to a comment, another command, or the end of the code or of the table's cell.
    private static final Pattern LINE = Pattern.compile("ops/heddle bench ([^`\n|#;&]+)");

    /// All lines of these folders' pages, or of one page, in order.
    ///
    /// @param names as from the top folder
    public static List<DocumentedLine> in(String... names) throws IOException {
        List<DocumentedLine> lines = new ArrayList<>();
        for (String name : names) {
            try (Stream<Path> files = Files.walk(TOP.resolve(name), 1)) {
                for (Path page : files.filter(DocumentedLine::isPage).sorted().toList()) {
                    LINE.matcher(Files.readString(page))
                            .results()
                            .map((MatchResult line) -> words(line.group(1)))
                            .map(words -> new DocumentedLine(page, words))
                            .forEach(lines::add);
                }
            }
        }
        return lines;
    }

    private static boolean isPage(Path file) {
        return file.toString().endsWith(".md");
    }

    private static List<String> words(String line) {
        return List.of(line.strip().replace("[", "").replace("]", "").split("\\s+"));
    }

    /// What is measured: `connect`, `suite`, …
    public String scenario() {
        return arguments.getFirst();
    }

    @Override
    public String toString() {
        return page.getFileName() + ": " + String.join(" ", arguments);
    }
}
