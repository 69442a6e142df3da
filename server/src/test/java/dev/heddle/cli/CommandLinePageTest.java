package dev.heddle.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.support.Document;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// That the page of the command line names all commands and options, and no others.
class CommandLinePageTest {
    private static final Document PAGE = Document.read("server/docs/command-line.md");
    private static final Pattern OPTION = Pattern.compile("`(-{1,2}[A-Za-z-]+)`");
    private static final Pattern TYPED =
            Pattern.compile("(?m)^(?:.*\\| )?ops/heddle((?! bench)(?: [^|;\n]*)?)$");
    private static final Pattern WORD = Pattern.compile("(?:'[^']*'|\"[^\"]*\"|[^\\s'\"])+");
    private static final String ROOT = "heddle";

    private static final CommandLine LINE =
            new Commands(
                            new Console(
                                    InputStream.nullInputStream(),
                                    new PrintStream(PrintStream.nullOutputStream()),
                                    new PrintStream(PrintStream.nullOutputStream())),
                            Map.of())
                    .line();

    @Test
    void everyCommandHasItsOwnOptionsBesideIt() {
        Map<String, Set<String>> shared = new TreeMap<>();
        collect(ROOT, LINE, shared);
        Map<String, Set<String>> written = new TreeMap<>();
        for (String row : PAGE.found("Commands", "^\\| (`heddle .*)$")) {
            String[] cells = row.split("\\|", -1);
            written.put(cells[0].substring(1).replaceAll("`.*", ""), options(cells[1]));
        }
        assertEquals(shared, written);
    }

    private static void collect(String name, CommandLine line, Map<String, Set<String>> into) {
        Set<String> own = new TreeSet<>(names(line));
        own.removeAll(names(LINE));
        boolean onlyHoldsOthers = name.equals(ROOT) || line.getCommand() instanceof TlsCommand;
        if (!onlyHoldsOthers) {
            into.put(name, own);
        }
        for (CommandLine each : line.getSubcommands().values()) {
            collect(name + " " + each.getCommandName(), each, into);
        }
    }

    @Test
    void theOptionsOfEveryCommandAreThoseOfTheRoot() {
        assertEquals(
                names(LINE),
                PAGE.found("Options of every command", "^\\| (`-.*?) \\|").stream()
                        .flatMap(cell -> options(cell).stream())
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void everyExitCodeIsThere() {
        assertEquals(
                Set.of(
                        "" + ExitCode.DONE,
                        "" + ExitCode.CANNOT_SERVE,
                        "" + ExitCode.WRONG_USAGE,
                        "" + ExitCode.OUT_OF_MEMORY),
                PAGE.found("Exit codes", "^\\| (\\d) \\|"));
    }

    static List<Document> documents() throws IOException {
        return Document.all();
    }

    /// Those of the load tool are another program's.
    @ParameterizedTest
    @MethodSource("documents")
    void everyCommandLineOfTheDocumentsIsOne(Document page) {
        for (MatchResult command : TYPED.matcher(page.text()).results().toList()) {
            String[] words =
                    WORD.matcher(command.group(1).replaceAll("\\s+#.*", ""))
                            .results()
                            .map(word -> word.group().replaceAll("['\"]", ""))
                            .toArray(String[]::new);
            Executable parsed = () -> LINE.parseArgs(words);
            assertDoesNotThrow(parsed, command.group());
        }
    }

    private static Set<String> names(CommandLine line) {
        return line.getCommandSpec().options().stream()
                .map(OptionSpec::names)
                .flatMap(Stream::of)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> options(String cell) {
        return OPTION.matcher(cell)
                .results()
                .map((MatchResult option) -> option.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
