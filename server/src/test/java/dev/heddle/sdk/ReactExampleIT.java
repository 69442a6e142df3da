package dev.heddle.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;

import dev.heddle.support.Browser;
import dev.heddle.support.CuttingProxy;
import dev.heddle.support.HttpApi;
import dev.heddle.support.PlainPage;
import dev.heddle.support.TestServer;
import dev.heddle.support.TestTools;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The example for React of `client-html/README.md`, bundled as its `package.json` says with the
/// client as npm packs it, in React's strict mode, which does each effect twice.
class ReactExampleIT {
    private static final Path EXAMPLE = Path.of("..", "client-html", "examples", "react");

    /// Serves the example, from an address that the server lets in.
    private static final HttpServer FILES = files();

    @Order(1)
    @RegisterExtension
    static final TestServer SERVER =
            new TestServer(
                    TestServer.configured(
                            Map.of(
                                    "HEDDLE_DEADLINES_HEAD",
                                    "1s",
                                    "HEDDLE_ALLOW_ORIGIN",
                                    "http://127.0.0.1:" + FILES.getAddress().getPort())));

    @Order(2)
    @RegisterExtension
    static final Browser BROWSER = new Browser();

    @TempDir private static Path folder;

    private final HttpApi api = new HttpApi();
    private CuttingProxy network;

    @BeforeAll
    static void build() throws Exception {
        NpmProject project = new NpmProject(folder);
        project.install();
        Path copy = Files.createDirectory(folder.resolve("react"));
        try (Stream<Path> files = Files.list(EXAMPLE)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        project.runIn(copy, TestTools.require("npm"), "run", "build");
        FILES.createContext("/", SimpleFileServer.createFileHandler(copy.toAbsolutePath()));
        FILES.start();
    }

    @AfterAll
    static void stop() {
        FILES.stop(0);
    }

    @BeforeEach
    void connect() throws IOException {
        network = new CuttingProxy(SERVER.port());
    }

    @AfterEach
    void disconnect() throws IOException {
        network.close();
    }

    private static HttpServer files() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private PlainPage open() {
        PlainPage page = BROWSER.plainWindow();
        String server = "ws://127.0.0.1:" + network.port() + "/acc";
        page.visit(FILES.getAddress().getPort(), "/?server=" + server);
        page.awaitState("connected");
        return page;
    }

    private void publish(String text) throws Exception {
        api.publish(SERVER.heddle().internalPort(), "news", '"' + text + '"');
    }

    private String channels() throws Exception {
        return api.call(SERVER.heddle().internalPort(), "GET", "channels", "");
    }

    @Test
    void showsTheNewsOfBeforeAndOfNowAndThoseThatCameWhileItWasAway() throws Exception {
        publish("before");
        PlainPage page = open();
        page.awaitIn("li:last-child", "before");
        publish("now");
        page.awaitIn("li:last-child", "now");
        network.freeze();
        network.cut();
        page.await("lost", () -> !page.text("#state").equals("connected"));
        publish("while it was away");
        network.thaw();
        page.awaitIn("li:last-child", "while it was away");
        assertEquals("Back. Nothing was missed.", page.text("#missed"));
        List<String> shown = page.texts("li");
        assertEquals(shown.stream().distinct().toList(), shown);
        assertEquals(List.of(), BROWSER.takeErrors());
    }

    @Test
    void unsubscribesWithTheComponentAndComesBackWithIt() throws Exception {
        PlainPage page = open();
        page.await("subscribed", () -> channels().contains("\"news\""));
        page.click("button");
        page.await("unsubscribed", () -> !channels().contains("\"news\""));
        assertEquals("connected", page.text("#state"));
        publish("while it was hidden");
        page.click("button");
        page.awaitIn("li:last-child", "while it was hidden");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hooks.js", "main.jsx"})
    void isShorterThan50Lines(String file) throws IOException {
        assertTrue(Files.readAllLines(EXAMPLE.resolve(file)).size() < 50);
    }

    /// What it asks npm for is what it was tested with.
    @Test
    void namesTheVersionsThatAreInstalledHere() throws IOException {
        JsonNode asked = new JsonMapper().readTree(EXAMPLE.resolve("package.json").toFile());
        for (String name : List.of("react", "react-dom", "esbuild")) {
            Path installed = TestTools.require("nodeModules").resolve(name);
            assertEquals(
                    new JsonMapper()
                            .readTree(installed.resolve("package.json").toFile())
                            .path("version"),
                    asked.findValue(name),
                    name);
        }
    }
}
