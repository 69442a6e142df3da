package dev.heddle.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

class CommandsTest {
    private static final String[] SETTINGS = {
        "--host=ADDRESS",
        "--port=PORT",
        "--internal-host=ADDRESS",
        "--internal-port=PORT",
        "--allow-origin=ORIGIN",
        "--diagnostics",
        "--config=FILE",
        "--set=KEY=VALUE",
        "--help",
    };

    private final Terminal terminal = new Terminal();

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "--port 1 -h", "-Vh"})
    void helpNamesEveryCommandAndSetting(String line) {
        assertEquals(0, terminal.run(line));
        assertPrints(
                "Usage: heddle [COMMAND]",
                "  serve  ",
                "  config  ",
                "  conns  ",
                "  doctor  ",
                "  drain  ",
                "  generate-completion  ",
                "  jfr  ",
                "  rehearse  ",
                "  tail  ",
                "  tls  ",
                "  token  ",
                "  top  ",
                "  where  ",
                "--version",
                "(default 0.0.0.0)",
                "(default 8080)",
                "(default 127.0.0.1)",
                "(default 8081)");
        assertPrints(SETTINGS);
        assertEquals("", terminal.err());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "serve | serve | --help",
                "--port 1 config | config | --help",
                "conns | conns | --sort=BY --limit=N --connection=ID 20",
                "doctor | doctor | --connections=N --json --root=FOLDER",
                "drain | drain | --over=TIME",
                "generate-completion | generate-completion | source",
                "jfr | jfr | --seconds=N --output=FILE 30",
                "rehearse | rehearse | --help",
                "tail | tail | --type=EVENT --user=ID --connection=ID",
                "tls | tls | self-signed",
                "tls self-signed | tls self-signed | --out=DIR --name=NAME ::1",
                "token | token | --user=ID --rooms=ID,... --expires=TIME --key-file=FILE check 1h",
                "token check | token check | [TOKEN] --user=ID",
                "top | top | --once",
                "where | where | --help",
            })
    void eachCommandHasAHelpOfItsOwn(String line, String name, String parts) {
        for (String help : new String[] {"--help", "-h"}) {
            assertEquals(0, terminal.run(line + " " + help));
            assertPrints("Usage: heddle " + name + " [OPTIONS]");
            assertPrints(parts.split(" "));
            assertPrints(SETTINGS);
            assertEquals("", terminal.err());
        }
    }

    @Test
    void theHelpOfACommandLeavesOutTheOptionsOfOthers() {
        assertEquals(0, terminal.run("jfr --help"));
        assertFalse(terminal.out().contains("--type"), terminal.out());
        assertEquals(0, terminal.run("token check --help"));
        assertFalse(terminal.out().contains("--expires"), terminal.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "-V", "config --version", "token check -V"})
    void versionNamesHeddleAndJava(String line) {
        assertEquals(0, terminal.run(line));
        assertTrue(
                terminal.out()
                        .matches(
                                "heddle \\S+ \\((commit [^,]+, )?Java "
                                        + Runtime.version().feature()
                                        + ".*\\)\n"),
                terminal.out());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "config --port 9000 --set limits.backlog=5 --diagnostics",
                "--port 9000 --set limits.backlog=5 --diagnostics config",
                "--diagnostics config --port=9000 --set=limits.backlog=5",
            })
    void configPrintsWhatHoldsAndWhoSaidSo(String line) {
        assertEquals(0, terminal.run(Map.of("HEDDLE_INTERNAL_PORT", "9001"), line));
        assertIsSet("port: 9000", "--port");
        assertIsSet("limits.backlog: 5", "--set");
        assertIsSet("diagnostics: true", "--diagnostics");
        assertIsSet("internal.port: 9001", "HEDDLE_INTERNAL_PORT");
        assertIsSet("host: 0.0.0.0", "default");
        assertEquals("", terminal.err());
    }

    @Test
    void allowOriginMayBeRepeated() {
        assertEquals(
                0, terminal.run("config --allow-origin https://a.example --allow-origin=http://b"));
        assertIsSet("allow-origin: [\"https://a.example\", \"http://b\"]", "--allow-origin");
    }

    @Test
    void settingsMayStandBeforeACommandAndAfterIt() {
        assertEquals(
                0,
                terminal.run(
                        "--allow-origin https://a.example --set limits.backlog=5 --port 1 config"
                                + " --allow-origin http://b --set limits.headers=6"));
        assertIsSet("allow-origin: [\"https://a.example\", \"http://b\"]", "--allow-origin");
        assertIsSet("limits.backlog: 5", "--set");
        assertIsSet("limits.headers: 6", "--set");
        assertIsSet("port: 1", "--port");
        assertEquals(2, terminal.run("--port 1 config --port 2"));
        assertEquals("--port: port is already set by --port\n", terminal.err());
    }

    @Test
    void configReadsTheFile(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("heddle.yaml"), "port: 9000");
        assertEquals(0, terminal.run("config --config " + file));
        assertIsSet("port: 9000", file + ":1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--prot 1 | heddle: unknown option --prot; did you mean --port?",
                "--allow-origins=x | heddle: unknown option --allow-origins;"
                        + " did you mean --allow-origin?",
                "confg | heddle: unknown command confg; did you mean config?",
                "serve config | heddle: unexpected argument config",
                "@file | heddle: unknown command @file; heddle --help lists all",
                "CONFIG | heddle: unknown command CONFIG; did you mean config?",
                "-p 1 | heddle: unknown option -p; heddle --help lists all",
                "serve --limt=1 | heddle: unknown option --limt; heddle serve --help lists all",
                "--port | heddle: Missing required parameter for option '--port' (PORT)",
                "--port --host ::1 | heddle: Expected parameter for option '--port' but found"
                        + " '--host'",
                "token --usr a | heddle: unknown option --usr; did you mean --user?"
                        + " (see heddle token --help)",
                "token check --usr | heddle: unknown option --usr; did you mean --user?"
                        + " (see heddle token check --help)",
                "conns --limt=1 | heddle: unknown option --limt; did you mean --limit?"
                        + " (see heddle conns --help)",
                "token check --rooms 1 | heddle: --rooms is an option of heddle token",
                "--json doctor | heddle: --json is an option of heddle doctor",
                "--set port | heddle: --set takes KEY=VALUE",
                "--config a --config b | heddle: --config takes one FILE",
                "--config= | heddle: --config takes one FILE",
                "--config missing.yaml | missing.yaml: no such file",
                "--port 1 --port 2 | --port: port is already set by --port",
                "--port 1 --set port=2 | --set: port is already set by --port",
                "--set limits.head-byte=1 | --set: unknown key limits.head-byte;"
                        + " did you mean limits.head-bytes?",
                "--port=65536 | --port: port cannot be \"65536\";"
                        + " it takes a whole number from 0 to 65535",
                "--internal-host 0.0.0.0 | --internal-host: internal.host (0.0.0.0) is no loopback"
                        + " address, so the internal port needs an API key: set"
                        + " HEDDLE_INTERNAL_API_KEY or, in the file, internal.api-key",
            })
    void aMistakeIsOneLineAndExitCode2(String line, String error) {
        assertEquals(2, terminal.run(line));
        assertEquals(error + "\n", terminal.err());
        assertEquals("", terminal.out());
    }

    @Test
    void aWrongVariableIsOneLineAndExitCode2() {
        assertEquals(2, terminal.run(Map.of("HEDDLE_PROT", "1"), "serve"));
        assertEquals(
                "HEDDLE_PROT: unknown variable HEDDLE_PROT; did you mean HEDDLE_PORT?\n",
                terminal.err());
    }

    private void assertPrints(String... parts) {
        for (String part : parts) {
            assertTrue(terminal.out().contains(part), part + " is missing in\n" + terminal.out());
        }
        assertTrue(terminal.out().lines().allMatch(text -> text.length() <= 80), terminal.out());
    }

    private void assertIsSet(String setting, String source) {
        assertTrue(
                terminal.out()
                        .lines()
                        .map(line -> line.replaceAll(" +", " "))
                        .anyMatch(line -> line.startsWith(setting + " # " + source + " ")),
                terminal.out());
    }
}
