package dev.heddle.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.heddle.doctor.FakedMachine;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

class DoctorCommandTest {
    private static final Map<String, String> NO_WARM_UP = Map.of("HEDDLE_WARM_UP", "0s");

    @TempDir private Path root;

    private final Terminal terminal = new Terminal();

    @ParameterizedTest
    @CsvSource({"'', 0", "--connections 100, 0", "--connections 20000, 1"})
    void theExitCodeSaysWhetherTheGoalCanBeMet(String options, int exitCode) throws Exception {
        FakedMachine.withOpenFiles(root, 20_000);
        assertEquals(exitCode, run("doctor --root " + root + " " + options));
        assertTrue(
                terminal.out().matches("(?s)Heddle .* connections; limited by open files\\.\n"),
                terminal::out);
        assertEquals("", terminal.err());
    }

    @Test
    void theServersSettingsCount() throws Exception {
        FakedMachine.withOpenFiles(root, 20_000);
        Path file = Files.writeString(root.resolve("heddle.yaml"), "limits:\n  connections: 500\n");
        assertEquals(1, run("doctor --connections 501 --root " + root + " --config " + file));
        assertTrue(
                terminal.out().contains("500 connections; limited by limits.connections."),
                terminal::out);
        assertTrue(terminal.out().contains("limits.connections: 501"), terminal::out);
        assertTrue(terminal.out().contains("in " + file), terminal::out);
        assertEquals(
                0,
                run(
                        "doctor --connections 501 --set limits.connections=600 --root "
                                + root
                                + " --config "
                                + file));
    }

    @Test
    void jsonSaysTheSame() throws Exception {
        FakedMachine.withOpenFiles(root, 256);
        assertEquals(1, run("doctor --json --connections 1000 --root " + root));
        JsonNode report = new JsonMapper().readTree(terminal.out());
        assertEquals(1_000, report.get("goal").asLong());
        assertFalse(report.get("goalIsMet").asBoolean());
        assertEquals("open files", report.get("limitedBy").asText());
        assertEquals("[\"open files\"]", report.get("inTheWay").toString());
        assertEquals("[]", report.get("unknown").toString());
        JsonNode files = report.get("findings").get(0);
        assertEquals("open files", files.get("name").asText());
        assertEquals("too-few", files.get("mark").asText());
        assertEquals("256", files.get("value").asText());
        assertEquals(report.get("connections"), files.get("connections"));
        assertEquals("LimitNOFILE=2000", files.get("change").get("line").asText());
        assertTrue(report.get("findings").get(2).get("connections").isNull());
    }

    @Test
    void jsonWithoutAQuestionHasNoAnswer() throws Exception {
        FakedMachine.withOpenFiles(root, 256);
        assertEquals(0, run("doctor --json --root " + root));
        JsonNode report = new JsonMapper().readTree(terminal.out());
        assertTrue(report.get("goal").isNull());
        assertTrue(report.get("goalIsMet").isNull());
        assertEquals(1_000_000, report.get("linesAreFor").asLong());
    }

    @Test
    void aRedisThatIsNotThereIsAFaultAndExitCode1() throws Exception {
        FakedMachine.withOpenFiles(root, 20_000);
        String line = "doctor --set cluster.redis.uri=redis://127.0.0.1:9 --root " + root;
        assertEquals(1, run(line));
        assertTrue(
                terminal.out().contains("\nHeddle cannot work with this Redis: Redis answer.\n"),
                terminal::out);
    }

    @Test
    void jsonSaysWhatRedisIsToo() throws Exception {
        FakedMachine.withOpenFiles(root, 20_000);
        String line = "doctor --json --set cluster.redis.uri=redis://127.0.0.1:9 --root " + root;
        assertEquals(1, run(line));
        JsonNode others = new JsonMapper().readTree(terminal.out()).get("others");
        JsonNode redis = others.get(others.size() - 1);
        assertEquals("Redis answer", redis.get("name").asText());
        assertEquals("fault", redis.get("mark").asText());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "doctor --connections many | heddle: --connections takes a number such as 1000000,"
                        + " not \"many\"",
                "doctor --connections 0 | heddle: --connections takes a number such as 1000000,"
                        + " not \"0\"",
                "doctor --connections 1e6 | heddle: --connections takes a number such as 1000000,"
                        + " not \"1e6\"",
                "doctor now | heddle: unexpected argument now",
                "docter | heddle: unknown command docter; did you mean doctor?",
                "config --json | heddle: --json is an option of heddle doctor",
                "--connections 5 | heddle: --connections is an option of heddle doctor",
                "doctor --user a | heddle: --user is an option of heddle tail, token",
                "doctor --set limits.connection=1 | --set: unknown key limits.connection; did you"
                        + " mean limits.connections?",
            })
    void aMistakeIsOneLineAndExitCode2(String line, String error) {
        assertEquals(2, run(line));
        assertEquals(error + "\n", terminal.err());
        assertEquals("", terminal.out());
    }

    @Test
    void aMachineThatCannotBeReadIsNoStackTrace() {
        assertEquals(1, run("doctor --connections 1 --root " + root));
        assertTrue(terminal.out().contains("/proc/self/limits cannot be read"), terminal::out);
        assertEquals("", terminal.err());
    }

    private int run(String line) {
        return terminal.run(NO_WARM_UP, line);
    }
}
