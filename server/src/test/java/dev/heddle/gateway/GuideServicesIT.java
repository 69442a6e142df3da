package dev.heddle.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.Heddle;
import dev.heddle.support.FreePort;
import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;
import dev.heddle.support.Soon;
import dev.heddle.support.TestServer;
import dev.heddle.support.TestTools;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The services of the page `gateway.md`, as they stand there.
class GuideServicesIT {
    private static final Path PAGE = Path.of("..", "ops", "guide", "gateway.md");
    private static final String SECRET = "an-example-secret-of-yours";

    @ParameterizedTest
    @CsvSource({"python, python3, .py", "js, node, .cjs"})
    void theServiceLetsInAndAnswers(String language, String tool, String ending) throws Exception {
        Path script = Files.createTempFile("service", ending);
        int port = FreePort.find();
        Process service = null;
        try {
            Files.writeString(script, code(language));
            ProcessBuilder builder =
                    new ProcessBuilder(
                                    TestTools.require(tool).toString(),
                                    script.toString(),
                                    Integer.toString(port))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
            builder.environment().put("SECRET", SECRET);
            service = builder.start();
            Soon.until(() -> listens(port));
            talk(port);
        } finally {
            if (service != null) {
                service.destroyForcibly().waitFor();
            }
            Files.delete(script);
        }
    }

    private static boolean listens(int port) {
        try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static String code(String language) throws IOException {
        Matcher block =
                Pattern.compile("(?s)```" + language + "\n(.*?)```")
                        .matcher(Files.readString(PAGE));
        assertTrue(block.find(), language);
        return block.group(1);
    }

    private static void talk(int servicePort) throws IOException {
        Map<String, String> settings =
                Map.of(
                        "HEDDLE_GATEWAY_CHAT_TO",
                        "http://127.0.0.1:" + servicePort + "/events",
                        "HEDDLE_GATEWAY_CHAT_SECRET",
                        SECRET);
        try (Heddle server = Heddle.start(TestServer.configured(settings));
                RawClient stranger = RawClient.connect(server.port());
                RawClient client = RawClient.connect(server.port())) {
            stranger.sendHandshake("/chat");
            assertEquals(401, stranger.readAnswer("GET").status());
            List<String> lines = new ArrayList<>(client.upgradeHeaders());
            lines.add("Cookie: user=ann");
            client.send(RawClient.request("GET /chat HTTP/1.1", lines));
            assertEquals(101, client.readAnswer("GET").status());
            client.send(RawFrame.text("hello"));
            assertEquals("ann said hello", client.readFrame().text());
            client.send(RawFrame.close(1000, ""));
            client.expectClose(1000);
        }
    }
}
