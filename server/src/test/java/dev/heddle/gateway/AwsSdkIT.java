package dev.heddle.gateway;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.Heddle;
import dev.heddle.support.Opened;
import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;
import dev.heddle.support.TestServer;
import dev.heddle.support.TestTools;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// A backend with the JavaScript SDK of AWS, of which only the endpoint and the key are changed.
class AwsSdkIT {
    private static final Path BACKEND =
            Path.of("src", "test", "resources", "gateway", "aws-backend.cjs");
    private static final String KEY = "correct-horse-battery-staple";

    @RegisterExtension final Opened opened = new Opened();

    private static String run(int port, String key, String connection)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(
                        TestTools.require("node").toString(),
                        BACKEND.toString(),
                        "http://127.0.0.1:" + port,
                        key,
                        connection);
        builder.environment().put("NODE_PATH", TestTools.require("nodeModules").toString());
        Process process = builder.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    @Test
    void pushesGetsAndEndsConnections() throws Exception {
        PythonService service = opened.add(PythonService.start("a-secret-that-is-long"));
        Map<String, String> settings =
                Map.of("HEDDLE_GATEWAY_ORDERS_TO", service.url(), "HEDDLE_INTERNAL_API_KEY", KEY);
        Heddle server = opened.add(Heddle.start(TestServer.configured(settings)));
        RawClient client = opened.add(RawClient.open(server.port(), "/orders"));
        String name = service.events("connect").getFirst().path("ce-connectionid").asText();
        CompletableFuture<String> said =
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return run(server.internalPort(), KEY, name);
                            } catch (IOException | InterruptedException failed) {
                                throw new AssertionError(failed);
                            }
                        });
        assertEquals("h\u00e4llo", client.readFrame().text());
        assertArrayEquals(new byte[] {0, -1}, client.readFrame().payload());
        RawFrame end = client.readFrame();
        assertEquals(4501, end.closeCode());
        client.send(RawFrame.close(4501, ""));
        client.expectEnd();
        List<String> lines = said.join().lines().toList();
        assertEquals(
                List.of("text 200 ", "bytes 200 ", "get 200 127.0.0.1", "delete 204 "),
                lines.subList(0, 4));
        assertEquals("again GoneException 410", lines.get(4));
        assertEquals("gone GoneException 410", lines.get(5));
        assertEquals(
                "text Unknown 401",
                run(server.internalPort(), "another", name).lines().findFirst().orElseThrow());
    }
}
