package dev.heddle.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.support.TestServer;
import dev.heddle.support.TestTools;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Clients in Go: x/net/websocket, which the first benchmarks of broadcast hubs use, and gorilla.
class GoClientsIT {
    /// Debian's packages of Go are sources in this folder, without modules.
    private static final Map<String, String> DEBIAN =
            Map.of("GO111MODULE", "off", "GOPATH", "/usr/share/gocode", "GOFLAGS", "-p=1");

    @RegisterExtension static final TestServer SERVER = new TestServer(TestServer.settings());

    @TempDir private static Path folder;

    @BeforeAll
    static void compile() throws Exception {
        Path source = Path.of(GoClientsIT.class.getResource("/clients/go/clients.go").toURI());
        String go = TestTools.require("go").toString();
        run(List.of(go, "build", "-o", program(), source.toString()));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"http://127.0.0.1:%d/", "http://127.0.0.1:%d", "HTTP://127.0.0.1:%d/"})
    void xNetConnectsWithAnOriginOfItsOwn(String origin) throws Exception {
        String own = origin.formatted(SERVER.port());
        assertEquals("got hello\n", run(command("x/net/websocket", "/ws", own)));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"/ws", "/echo"})
    void gorillaPingsAndSendsAWholeMessageInFragmentsOfItsBuffer(String path) throws Exception {
        assertEquals("got 1048576 bytes\n", run(command("gorilla", path, "")));
    }

    @Test
    void xNetIsRefusedWithAForeignOrigin() throws Exception {
        String answer = run(command("x/net/websocket", "/ws", "http://evil.example/"));
        assertEquals("failed: ", answer.substring(0, "failed: ".length()));
    }

    private static List<String> command(String library, String path, String origin) {
        String url = "ws://127.0.0.1:" + SERVER.port() + path;
        return List.of(program(), library, url, origin);
    }

    private static String program() {
        return folder.resolve("clients").toString();
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(DEBIAN);
        builder.environment().put("GOCACHE", Path.of("target", "go-cache").toAbsolutePath() + "");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
