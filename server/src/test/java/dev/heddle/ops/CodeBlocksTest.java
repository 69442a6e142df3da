package dev.heddle.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.support.Document;
import dev.heddle.support.Document.Block;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Every block of code of the documents is run by a test, or `ops/code-blocks.txt` says why not.
class CodeBlocksTest {
    private static final Path TOP = Path.of("..");
    private static final Set<String> HELD_ELSEWHERE = Set.of("yaml", "conversation");
    private static final Pattern ROW = Pattern.compile("^(\\S+) \\| (.+) \\| (.+)$");

    /// A line of the file.
    ///
    /// @param by a test or a script, or a dash and the reason for none
    record Row(String page, String beginning, String by) {
        private static Row of(String line) {
            var parts = ROW.matcher(line);
            assertTrue(parts.matches(), line);
            return new Row(parts.group(1), parts.group(2), parts.group(3));
        }

        private boolean isFor(Document document, Block block) {
            return document.name().equals(page) && block.title().startsWith(beginning);
        }
    }

    static List<Row> rows() throws IOException {
        try (InputStream in = CodeBlocksTest.class.getResourceAsStream("/ops/code-blocks.txt")) {
            assertNotNull(in);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Row::of)
                    .toList();
        }
    }

    static Stream<Row> rowsOfTests() throws IOException {
        return rows().stream().filter(row -> !row.by().startsWith("–"));
    }

    @Test
    void everyBlockHasALineAndEveryLineABlock() throws IOException {
        List<Row> left = new ArrayList<>(rows());
        List<String> unknown = new ArrayList<>();
        for (Document document : Document.all()) {
            for (Block block : document.blocks()) {
                // The longest beginning: others may begin like it.
                Row row =
                        left.stream()
                                .filter(each -> each.isFor(document, block))
                                .max((a, b) -> a.beginning().length() - b.beginning().length())
                                .orElse(null);
                if (row != null) {
                    left.remove(row);
                } else if (!HELD_ELSEWHERE.contains(block.language())) {
                    unknown.add(document.name() + " | " + block.title() + " | ");
                }
            }
        }
        assertEquals(List.of(), unknown, "add these lines to ops/code-blocks.txt");
        assertEquals(List.of(), left, "nothing begins so any more");
    }

    /// A test names the page that it reads, or its folder; a script needs only be there.
    @ParameterizedTest
    @MethodSource("rowsOfTests")
    void whatRunsItIsThereAndKnowsThePage(Row row) throws IOException {
        if (row.by().contains("/")) {
            assertTrue(Files.isExecutable(TOP.resolve(row.by())), row.by());
            return;
        }
        String source = source(row.by());
        Path page = Path.of(row.page());
        assertTrue(
                source.contains(page.getFileName().toString())
                        || source.contains("\"" + page.getParent() + "\""),
                row.toString());
    }

    private static String source(String test) throws IOException {
        for (String module : List.of("server", "ops/bench")) {
            Path sources = TOP.resolve(module).resolve(Path.of("src", "test", "java"));
            try (Stream<Path> files = Files.walk(sources)) {
                List<Path> found = files.filter(file -> file.endsWith(test + ".java")).toList();
                if (!found.isEmpty()) {
                    return Files.readString(found.getFirst());
                }
            }
        }
        throw new AssertionError("there is no " + test);
    }
}
