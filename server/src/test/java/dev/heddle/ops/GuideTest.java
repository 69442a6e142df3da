package dev.heddle.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The pages of `ops/guide`: that what they name is there. Links are in `ManualTest`.
class GuideTest {
    private static final Path GUIDE = Path.of("..", "ops", "guide");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^):#]+)(#[^)]*)?\\)");
    private static final Pattern KERNEL = Pattern.compile("`((?:net|fs|vm)\\.[a-z0-9_.-]+)");

    static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.list(GUIDE)) {
            return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void theKernelKnowsWhatIsNamed(Path page) throws IOException {
        List<String> unknown =
                KERNEL.matcher(Files.readString(page))
                        .results()
                        .map(name -> name.group(1))
                        .filter(name -> !name.startsWith("net.netfilter."))
                        .filter(name -> !name.equals("net.transport")) // a setting of ours
                        .filter(
                                name ->
                                        Files.notExists(
                                                Path.of("/proc/sys", name.replace('.', '/'))))
                        .toList();
        assertEquals(List.of(), unknown);
    }

    @Test
    void theFirstPageLeadsToAllOthers() throws IOException {
        List<String> linked =
                LINK.matcher(Files.readString(GUIDE.resolve("README.md")))
                        .results()
                        .map((MatchResult link) -> link.group(1))
                        .toList();
        for (Path page : pages()) {
            String name = page.getFileName().toString();
            assertTrue(name.equals("README.md") || linked.contains(name), name);
        }
    }
}
