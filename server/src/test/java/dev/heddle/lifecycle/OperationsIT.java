package dev.heddle.lifecycle;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;
import dev.heddle.support.ServerProcess;
import dev.heddle.support.TestCertificate;
import dev.heddle.support.TestTools;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What operators look at: health, metrics, and a load tool of theirs.
class OperationsIT {
    private static final Pattern SAMPLE =
            Pattern.compile("[a-z_]+(\\{[a-z]+=\"[^\"]*\"(,[a-z]+=\"[^\"]*\")*})? [0-9.E+-]+");

    @Test
    void isReadyUntilItDrainsAndAliveUntilItEnds() throws Exception {
        try (ServerProcess server = new ServerProcess("", "--set deadlines.drain=3s");
                RawClient silent = RawClient.open(server.port(), "/ws")) {
            assertEquals(200, server.getInternal("/livez").statusCode());
            assertEquals(200, server.getInternal("/readyz").statusCode());
            assertEquals(404, server.getInternal("/readyz/x").statusCode());
            server.signal("TERM");
            await().until(() -> server.getInternal("/readyz").statusCode() == 503);
            assertEquals(200, server.getInternal("/livez").statusCode());
            assertEquals(1001, silent.readFrame().closeCode());
            assertEquals(0, server.awaitEnd(60));
        }
    }

    @Test
    void aHangUpHasTheCertificateReadAgainAndCutsNobody() throws Exception {
        TestCertificate certificate = TestCertificate.ofItsOwn();
        String settings =
                "--set tls.certificate=%s --set tls.key=%s"
                        .formatted(certificate.certificate(), certificate.key());
        try (ServerProcess server = new ServerProcess("", settings);
                RawClient client =
                        RawClient.connect(server.port(), certificate.client().getSocketFactory())) {
            client.upgrade("/ws");
            server.signal("HUP");
            await().until(() -> server.log().contains("tls: the certificate was read again"));
            client.send(RawFrame.text("still here"));
            assertEquals("still here", client.readFrame().text());
        }
    }

    @Test
    void saysThatAHangUpIsIgnoredUnderNohup() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        TestCertificate certificate = TestCertificate.ofItsOwn();
        List<String> program =
                List.of(
                        "env",
                        "--ignore-signal=HUP",
                        java,
                        "-jar",
                        "target/heddle.jar",
                        "--set",
                        "tls.certificate=" + certificate.certificate(),
                        "--set",
                        "tls.key=" + certificate.key());
        try (ServerProcess server = new ServerProcess(program, Map.of())) {
            assertTrue(server.log().contains("ignore SIGHUP"), server::log);
            server.signal("HUP");
            assertEquals(200, server.getInternal("/livez").statusCode());
        }
    }

    @Test
    void metricsCountWhatHappened() throws Exception {
        try (ServerProcess server = new ServerProcess("", "--diagnostics")) {
            try (RawClient client = RawClient.open(server.port(), "/ws")) {
                client.send(RawFrame.text("one"), RawFrame.text("two"));
                assertEquals("one", client.readFrame().text());
                assertEquals("two", client.readFrame().text());
                assertEquals("1.0", metrics(server).get("heddle_connections"));
                client.send(RawFrame.close(1000, ""));
                client.expectClose(1000);
            }
            try (RawClient broken = RawClient.open(server.port(), "/ws")) {
                broken.send(RawFrame.text("no").unmasked());
                broken.expectClose(1002);
            }
            assertEquals(404, server.get("/nowhere").statusCode());
            await().until(() -> "0.0".equals(metrics(server).get("heddle_connections")));

            Map<String, String> metrics = metrics(server);
            assertEquals("3.0", metrics.get("heddle_connections_accepted_total"));
            assertEquals("2.0", metrics.get("heddle_messages_received_total"));
            assertEquals("2.0", metrics.get("heddle_messages_sent_total"));
            assertEquals("2.0", metrics.get("heddle_publications_total"));
            assertEquals("1.0", metrics.get("heddle_connections_closed_total{code=\"1000\"}"));
            assertEquals("1.0", metrics.get("heddle_connections_closed_total{code=\"1002\"}"));
            assertEquals("0.0", metrics.get("heddle_leased_buffers"));
        }
    }

    @Test
    void heyGetsA200ForEachRequest() throws Exception {
        String hey = TestTools.require("hey").toString();
        try (ServerProcess server = new ServerProcess("", "--diagnostics")) {
            String url = "http://127.0.0.1:" + server.port() + "/benchmark";
            Process load = new ProcessBuilder(hey, "-n", "1000", "-c", "10", url).start();
            String report = new String(load.getInputStream().readAllBytes(), UTF_8);
            assertTrue(report.contains("[200]\t1000 responses"), report);
            assertEquals("1000.0", metrics(server).get("heddle_publications_total"));
            assertEquals("10.0", metrics(server).get("heddle_connections_accepted_total"));
        }
    }

    /// It speaks HTTP/1.0, and keeps a connection only with `-k`.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void abGetsA200ForEachRequest(boolean isKept) throws Exception {
        String ab = TestTools.require("ab").toString();
        try (ServerProcess server = new ServerProcess("", "--diagnostics")) {
            String url = "http://127.0.0.1:" + server.port() + "/benchmark";
            List<String> command = new ArrayList<>(List.of(ab, "-n", "500", "-c", "10", url));
            if (isKept) {
                command.add(1, "-k");
            }
            Process load = new ProcessBuilder(command).start();
            String report = new String(load.getInputStream().readAllBytes(), UTF_8);
            assertTrue(report.contains("Complete requests:      500\n"), report);
            assertTrue(report.contains("Failed requests:        0\n"), report);
            assertFalse(report.contains("Non-2xx responses"), report);
            assertEquals(isKept, report.contains("Keep-Alive requests:    500\n"), report);
            assertEquals("500.0", metrics(server).get("heddle_publications_total"));
        }
    }

    private static Map<String, String> metrics(ServerProcess server) throws Exception {
        return server.getInternal("/metrics")
                .body()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .peek(line -> assertTrue(SAMPLE.matcher(line).matches(), line))
                .collect(
                        Collectors.toMap(
                                line -> line.substring(0, line.lastIndexOf(' ')),
                                line -> line.substring(line.lastIndexOf(' ') + 1)));
    }
}
