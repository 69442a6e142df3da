package dev.heddle.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.support.Document;
import dev.heddle.support.TestTools;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The commands of README, manual and guide, typed as they stand there; `CodeBlocksTest` says of
/// each block which test runs it.
class ManualCommandsIT {
    private static final String SERVER = "ops/heddle\n";

    @TempDir private Path folder;
    private ManualShell shell;

    @BeforeEach
    void open() throws IOException {
        TestTools.require("curl");
        shell = new ManualShell(folder);
    }

    @AfterEach
    void close() throws IOException {
        shell.close();
    }

    private static void assertFound(String pattern, String said) {
        assertTrue(Pattern.compile(pattern).matcher(said).find(), () -> pattern + " in " + said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "README.md | ops/heddle config | This machine as it is holds [\\d,]+ connections",
                "server/docs/command-line.md | ops/heddle --port 9000 | This machine as it is"
                        + " holds",
                "ops/guide/debug.md | ops/heddle top --once | \"places\":",
                "server/docs/tokens.md | export HEDDLE_TOKEN_SECRET | accepted\\n"
                        + ".*\\n"
                        + ".*\\n"
                        + " +user +alice",
                "server/docs/http-api.md | export HEDDLE_INTERNAL_API_KEY | \\{.*\"version\"",
                "ops/guide/README.md | ops/heddle doctor | This machine as it is holds",
                "ops/guide/time.md | echo 'void main | (?m)^[\\d.]+ ns$",
            })
    void commandsDoWhatThePageSays(String page, String beginning, String shown) throws Exception {
        String commands = Document.read(page).block(beginning).text();
        boolean asksAServer = commands.contains("ops/heddle conns");
        boolean startsOne =
                Pattern.compile("(?m)^ops/heddle( -|\\s*(#|$))").matcher(commands).find();
        assertFound(shown, shell.run((asksAServer && !startsOne ? SERVER : "") + commands));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "server/docs/settings.md | ops/heddle config | (?m)^port: \\d+ .*heddle.yaml",
                "server/docs/from-gowebsocket.md | ops/heddle --config | \"code\":200",
            })
    void commandsTakeTheFileOfThePage(String page, String beginning, String shown)
            throws Exception {
        Document document = Document.read(page);
        shell.write("heddle.yaml", document.code("yaml").getFirst());
        assertFound(shown, shell.run(document.block(beginning).text()));
    }

    @Test
    void recordingsAreMadeAndRead() throws Exception {
        Document page = Document.read("ops/guide/events.md");
        shell.run(SERVER + page.block("curl -OJ").text());
        List<String> reading =
                Stream.of(page, Document.read("ops/guide/jfr-session.md"))
                        .flatMap(each -> each.blocks().stream())
                        .flatMap(block -> block.text().lines())
                        .filter(line -> line.startsWith("$ jfr "))
                        .map(line -> line.substring(2))
                        .toList();
        assertTrue(reading.size() > 5, reading::toString);
        String first = "cp \"$(ls *.jfr | head -1)\" heddle.jfr\n";
        assertFound("heddle\\.\\w+ +\\d+", shell.run(first + String.join("\n", reading)));
    }

    @Test
    void twoNodesShareARedisAndTheDoctorAsksIt() throws Exception {
        TestTools.require("redis");
        Document page = Document.read("ops/guide/cluster.md");
        String said =
                shell.run(
                        page.block("redis-server").text() + page.block("ops/heddle doctor").text());
        assertEquals(2, Pattern.compile("Ctrl-C drains").matcher(said).results().count(), said);
        assertFound("(?i)redis", said.substring(said.lastIndexOf("Ctrl-C drains")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"conntrack.md", "ports.md"})
    void programsOfTheGuideThatNeedANetworkOfTheirOwnAreParsed(String page) throws Exception {
        shell.write("program.py", Document.read("ops/guide/" + page).code("python").getFirst());
        String python = TestTools.require("python3").toString();
        shell.run(python + " -m py_compile program.py");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "backlog.md | 4096 | 2000 in after [\\d.]+",
                "kernel-memory.md | 50 | (?s)0 [-\\d.]+ [-\\d.]+\\n100 .*\\n16000 ",
            })
    void programsOfTheGuideMeasure(String page, String argument, String shown) throws Exception {
        String program = Document.read("ops/guide/" + page).code("python").getFirst();
        shell.write("program.py", program);
        String python = TestTools.require("python3").toString();
        assertFound(shown, shell.run(python + " program.py " + argument));
    }
}
