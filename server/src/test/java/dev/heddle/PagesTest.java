package dev.heddle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

class PagesTest {
    private static final Path FOLDER = Path.of("..", "client-html");

    /// Those are for people who write pages, and for npm; so is the example for React.
    private static final Set<String> NOT_FOR_BROWSERS =
            Set.of("README.md", "heddle.d.ts", "package.json");

    @Test
    void everyFileForBrowsersIsServed() throws IOException {
        Set<String> served = new TreeSet<>(Pages.FILES.names());
        served.add(Pages.BELL);
        assertEquals(filesForBrowsers(), served);
    }

    private static Set<String> filesForBrowsers() throws IOException {
        try (Stream<Path> all = Files.walk(FOLDER)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> FOLDER.relativize(file).toString())
                    .filter(name -> !NOT_FOR_BROWSERS.contains(name))
                    .filter(name -> !name.startsWith("examples/react/"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
