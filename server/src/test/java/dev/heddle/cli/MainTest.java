package dev.heddle.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

class MainTest {
    private static final Map<String, String> NO_VARIABLES = Map.of();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "config --help", "--port 1 serve --help"})
    void helpNamesEveryOptionAndItsDefault(String line) {
        assertEquals(0, run(NO_VARIABLES, line));
        for (String part :
                new String[] {
                    "heddle [COMMAND]",
                    "--host=ADDRESS",
                    "(default 0.0.0.0)",
                    "--port=PORT",
                    "(default 8080)",
                    "--internal-host=ADDRESS",
                    "(default 127.0.0.1)",
                    "--internal-port=PORT",
                    "(default 8081)",
                    "--allow-origin=ORIGIN",
                    "--diagnostics",
                    "--config=FILE",
                    "--set=KEY=VALUE",
                    "--help",
                    "--version",
                }) {
            assertTrue(out().contains(part), part + " is missing in\n" + out());
        }
        assertTrue(out().lines().allMatch(text -> text.length() <= 80), out());
        assertEquals("", err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "-V"})
    void versionNamesHeddleAndJava(String line) {
        assertEquals(0, run(NO_VARIABLES, line));
        assertTrue(
                out().matches("heddle \\S+ \\(Java " + Runtime.version().feature() + ".*\\)\n"),
                out());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "config --port 9000 --set limits.backlog=5 --diagnostics",
                "--port 9000 --set limits.backlog=5 --diagnostics config",
                "--diagnostics config --port=9000 --set=limits.backlog=5",
            })
    void configPrintsWhatHoldsAndWhoSaidSo(String line) {
        assertEquals(0, run(Map.of("HEDDLE_INTERNAL_PORT", "9001"), line));
        assertPrints("port: 9000", "--port");
        assertPrints("limits.backlog: 5", "--set");
        assertPrints("diagnostics: true", "--diagnostics");
        assertPrints("internal.port: 9001", "HEDDLE_INTERNAL_PORT");
        assertPrints("host: 0.0.0.0", "default");
        assertEquals("", err());
    }

    @Test
    void allowOriginMayBeRepeated() {
        assertEquals(
                0,
                run(
                        NO_VARIABLES,
                        "config --allow-origin https://a.example --allow-origin=http://b"));
        assertPrints("allow-origin: [\"https://a.example\", \"http://b\"]", "--allow-origin");
    }

    @Test
    void configReadsTheFile(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("heddle.yaml"), "port: 9000");
        assertEquals(0, run(NO_VARIABLES, "config --config " + file));
        assertPrints("port: 9000", file + ":1");
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
                "@file | heddle: unknown command @file; the nearest known is tail",
                "--port | heddle: Missing required parameter for option '--port' (PORT)",
                "--port --host ::1 | heddle: Expected parameter for option '--port' but found"
                        + " '--host'",
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
        assertEquals(2, run(NO_VARIABLES, line));
        assertEquals(error + "\n", err());
        assertEquals("", out());
    }

    @Test
    void aWrongVariableIsOneLineAndExitCode2() {
        assertEquals(2, run(Map.of("HEDDLE_PROT", "1"), "serve"));
        assertEquals(
                "HEDDLE_PROT: unknown variable HEDDLE_PROT; did you mean HEDDLE_PORT?\n", err());
    }

    private int run(Map<String, String> environment, String line) {
        return Main.run(
                line.split(" "),
                environment,
                InputStream.nullInputStream(),
                printer(out),
                printer(err));
    }

    private static PrintStream printer(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private void assertPrints(String setting, String source) {
        assertTrue(
                out().lines()
                        .map(line -> line.replaceAll(" +", " "))
                        .anyMatch(line -> line.startsWith(setting + " # " + source + " ")),
                out());
    }
}
