package dev.heddle.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A page in Markdown.
///
/// @param path where it is
/// @param text all of it
public record Document(Path path, String text) {
    private static final Path ROOT = Path.of("..");
    private static final Pattern BLOCK = Pattern.compile("(?sm)^( *)```(\\w*)\n(.*?)^\\1```$");

    /// What stands between two fences.
    ///
    /// @param language that it names; may be empty
    /// @param text without the fences, and as far to the left as they
    public record Block(String language, String text) {
        /// Its first line, without a comment.
        public String title() {
            return text.lines().findFirst().orElse("").replaceAll("\\s{2,}#.*", "").strip();
        }
    }

    /// The file of that name in the repository.
    public static Document read(String name) {
        return of(ROOT.resolve(name));
    }

    /// The file at that path.
    public static Document of(Path path) {
        try {
            return new Document(path, Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// All pages of the repository.
    public static List<Document> all() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT, 3)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !file.toString().contains("target"))
                    .sorted()
                    .map(Document::of)
                    .toList();
        }
    }

    /// The code between fences that name this language.
    public List<String> code(String language) {
        return Pattern.compile("(?s)\n```" + language + "\n(.*?)```")
                .matcher(text)
                .results()
                .map((MatchResult fence) -> fence.group(1))
                .toList();
    }

    /// All code, in order.
    public List<Block> blocks() {
        return BLOCK.matcher(text)
                .results()
                .map(
                        (MatchResult fence) ->
                                new Block(
                                        fence.group(2),
                                        fence.group(3).replaceAll("(?m)^" + fence.group(1), "")))
                .toList();
    }

    /// The one block that begins with these words.
    public Block block(String beginning) {
        List<Block> found =
                blocks().stream().filter(block -> block.title().startsWith(beginning)).toList();
        if (found.size() != 1) {
            throw new AssertionError(path + " has " + found.size() + " of " + beginning);
        }
        return found.getFirst();
    }

    /// Where it is, as from the top folder.
    public String name() {
        return ROOT.relativize(path).toString();
    }

    /// What the first group of the pattern finds, in the part behind a heading.
    ///
    /// @param heading its text; empty for the whole page
    public Set<String> found(String heading, String pattern) {
        return Pattern.compile("(?m)" + pattern)
                .matcher(heading.isEmpty() ? text : part(heading))
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private String part(String heading) {
        int begin = text.indexOf("\n## " + heading + "\n");
        if (begin < 0) {
            throw new AssertionError(path + " has no part " + heading);
        }
        int end = text.indexOf("\n## ", begin + 1);
        return end < 0 ? text.substring(begin) : text.substring(begin, end);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
