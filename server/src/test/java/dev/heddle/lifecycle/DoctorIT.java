package dev.heddle.lifecycle;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.heddle.support.RawClient;
import dev.heddle.support.ServerProcess;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What `heddle doctor` says of a machine is what a server does there.
class DoctorIT {
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final String LIMIT = "ulimit -n 256;";

    @ParameterizedTest
    @ValueSource(strings = {"0s", "2s"})
    void aServerHoldsAsManyConnectionsAsTheDoctorSays(String warmUp) throws Exception {
        String setting = " --set jfr.pinned-threads=false --set warm-up=" + warmUp;
        JsonNode report = examine(LIMIT, "", setting);
        assertEquals("open files", report.get("limitedBy").asText());
        int most = report.get("connections").asInt();
        assertTrue(most > 100 && most < 256, report::toString);
        List<RawClient> clients = new ArrayList<>();
        try (ServerProcess server = new ServerProcess(LIMIT, setting)) {
            for (int i = 0; i < most; i++) {
                clients.add(RawClient.open(server.port(), "/ws"));
            }
            clients.add(RawClient.connect(server.port()));
            await("one too many").until(() -> server.log().contains("descriptors"));
            String metrics = server.getInternal("/metrics").body();
            assertTrue(metrics.contains("\nheddle_connections " + most + ".0\n"), metrics);
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    void knowsWhichOptionsAreInForce() throws Exception {
        assertEquals("good", options("@../ops/jvm.options").get("mark").asText());
        JsonNode spoilt = options("@../ops/jvm.options -XX:-UseCompactObjectHeaders");
        assertEquals("advice", spoilt.get("mark").asText());
        assertTrue(
                spoilt.get("why").asText().startsWith("without -XX:+UseCompactObjectHeaders an"),
                spoilt::toString);
    }

    private static JsonNode options(String javaOptions) throws Exception {
        for (JsonNode item : examine("", javaOptions, "--set warm-up=0s").get("others")) {
            if (item.get("name").asText().equals("JVM options")) {
                return item;
            }
        }
        throw new AssertionError("no finding about options");
    }

    private static JsonNode examine(String shell, String javaOptions, String arguments)
            throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(
                        "bash",
                        "-c",
                        "%s exec %s %s -jar target/heddle.jar doctor --json %s"
                                .formatted(shell, JAVA, javaOptions, arguments));
        builder.environment().keySet().removeIf(name -> name.matches("HEDDLE_.*|J.*_OPTIONS"));
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), out);
        return new JsonMapper().readTree(out);
    }
}
