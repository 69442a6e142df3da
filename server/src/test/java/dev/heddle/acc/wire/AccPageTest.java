package dev.heddle.acc.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.heddle.support.Document;

import org.junit.jupiter.api.Test;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

class AccPageTest {
    private static final Document PAGE = Document.read("server/docs/acc.md");

    /// Each command has a record of its own, so the page's commands and the records must be as
    /// many.
    @Test
    void everyCommandIsInTheManualAndEveryOneOfTheManualExists() {
        Set<String> records =
                Stream.of(Command.class.getPermittedSubclasses())
                        .map(Class::getSimpleName)
                        .collect(Collectors.toCollection(TreeSet::new));
        records.removeAll(Set.of("Undecodable", "Unknown"));
        Set<String> written =
                PAGE.found("Requests and replies", "^\\| `((?!cmd`)\\w+)` \\|").stream()
                        .map(AccPageTest::record)
                        .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(records, written);
    }

    private static String record(String cmd) {
        String data =
                "{\"channel\":\"c\",\"data\":1,\"appID\":101,\"userID\":\"u\",\"message\":\"m\"}";
        String text = "{\"seq\":\"\",\"cmd\":\"%s\",\"data\":%s}".formatted(cmd, data);
        byte[] request = text.getBytes(UTF_8);
        return Requests.decode(request, 0, request.length)
                .orElseThrow()
                .command()
                .getClass()
                .getSimpleName();
    }

    @Test
    void everyCodeIsInTheManualAndEveryOneOfTheManualExists() {
        Set<String> codes =
                Stream.of(Code.values())
                        .map(code -> Integer.toString(code.number()))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(codes, PAGE.found("Codes", "^\\| (\\d+) \\|"));
    }
}
