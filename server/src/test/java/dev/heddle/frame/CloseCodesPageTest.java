package dev.heddle.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.support.Document;

import org.junit.jupiter.api.Test;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

class CloseCodesPageTest {
    @Test
    void everyCloseCodeIsInTheManualAndEveryOneOfTheManualExists() {
        Set<String> known =
                CloseCode.known()
                        .mapToObj(Integer::toString)
                        .collect(Collectors.toCollection(TreeSet::new));
        Document page = Document.read("server/docs/close-codes.md");
        assertEquals(known, page.found("", "^\\| (\\d{4}) \\|"));
    }
}
