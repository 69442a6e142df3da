package dev.heddle.bench.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.heddle.bench.support.DocumentedLine;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.util.List;

/// That the command line knows every command and option of the lines of the documents. What can be
/// run is run by `DocumentedLinesIT`.
class DocumentedLinesTest {
    static List<DocumentedLine> lines() throws IOException {
        return DocumentedLine.in("README.md", "server/docs", "ops/guide", "ops/bench");
    }

    @ParameterizedTest
    @MethodSource("lines")
    void isOfTheCommandLine(DocumentedLine line) {
        for (String scenario : Commands.line().getSubcommands().keySet()) {
            String[] words =
                    line.arguments().stream()
                            .map(word -> word.replaceAll("^SCENARIO$", scenario))
                            .map(word -> word.replaceAll("^ROWS$", "heap"))
                            .map(word -> word.replaceAll("^PID$|(?<=:)PORT(?=/)", "1"))
                            .toArray(String[]::new);
            assertDoesNotThrow(() -> Commands.line().parseArgs(words), line::toString);
        }
    }

    @Test
    void thereAreLines() throws IOException {
        assertFalse(DocumentedLine.in("server/docs").isEmpty());
    }
}
