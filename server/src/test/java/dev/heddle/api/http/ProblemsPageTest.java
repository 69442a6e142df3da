package dev.heddle.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.support.Document;

import org.junit.jupiter.api.Test;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

class ProblemsPageTest {
    @Test
    void everyProblemIsInTheManualAndEveryOneOfTheManualExists() {
        Set<String> known =
                Stream.of(ProblemType.values())
                        .map(type -> "`" + type.uri() + "` | " + type.status())
                        .collect(Collectors.toCollection(TreeSet::new));
        Document page = Document.read("server/docs/http-api.md");
        assertEquals(known, page.found("Problems", "^\\| (`urn:[^`]*` \\| \\d{3}) \\|"));
    }
}
