package dev.heddle.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.heddle.support.AccClient;
import dev.heddle.support.HttpAnswer;
import dev.heddle.support.RawClient;
import dev.heddle.support.ServerProcess;
import dev.heddle.support.Soon;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What each of the proxies' files in `ops/` is for, with the real programs in front of the real
/// jar.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ProxyContract {
    /// As long as one message may be (`users.text-bytes`), in the bytes that JSON takes for it.
    private static final String LARGE = "ü".repeat(8 << 10);

    private @Nullable ServerProcess running;
    private ProxyProcess proxy;
    private int port;
    private int servicesPort;

    @TempDir private Path folder;

    /// Where a proxy listens, and for whom.
    ///
    /// @param serverPort the public one of what it stands in front of
    /// @param internalPort the internal one of that
    /// @param port for clients
    /// @param servicesPort for one's own services
    record Place(int serverPort, int internalPort, int port, int servicesPort) {
        Place(ServerProcess server, int port, int servicesPort) {
            this(server.port(), server.internalPort(), port, servicesPort);
        }
    }

    /// Starts the proxy with its file from `ops/`.
    ///
    /// @param drain how long old workers may last after a reload; empty: as the file has it
    abstract ProxyProcess start(Path folder, Place place, String drain) throws IOException;

    /// The signal that lets it reload.
    abstract String reload();

    @BeforeEach
    void startProxy() throws IOException {
        List<Integer> ports = ProxyProcess.freePorts();
        port = ports.getFirst();
        servicesPort = ports.getLast();
        startProxy("");
    }

    @AfterEach
    void endProxy() throws InterruptedException {
        proxy.end();
    }

    @AfterAll
    void endServer() throws IOException {
        server().close();
    }

    @Test
    void carriesAChatSessionThroughItsReload() throws Exception {
        try (AccClient anna = AccClient.login(port, 101, "anna");
                AccClient bob = AccClient.login(port, 101, "bob")) {
            talk(anna, "anna", bob, "bob");

            Set<ProcessHandle> old = proxy.reload(reload());
            talk(anna, "anna", bob, "bob");
            try (AccClient carol = AccClient.login(port, 101, "carol")) {
                talk(carol, "carol", anna, "anna");
                assertTrue(old.stream().anyMatch(ProcessHandle::isAlive), "who carries anna?");
                anna.leave();
                bob.leave();
                Soon.until(() -> old.stream().noneMatch(ProcessHandle::isAlive));
                carol.ping();

                ServerProcess server = server();
                server.signal("TERM");
                carol.awaitClose(1001);
                assertEquals(0, server.awaitEnd(60), server.log());
                server.close();
            }
        }
    }

    @Test
    void cutsWhatIsLeftAfterAReloadOnlyWhereItsLimitIsSet() throws Exception {
        proxy.end();
        startProxy("1s");
        try (AccClient anna = AccClient.login(port, 101, "anna")) {
            Set<ProcessHandle> old = proxy.reload(reload());
            anna.awaitCut();
            Soon.until(() -> old.stream().noneMatch(ProcessHandle::isAlive));
        }
    }

    @Test
    void knowsWhichPagesAreTheServersOwn() throws Exception {
        assertEquals(101, upgrade("http://127.0.0.1:" + port).status());
        assertEquals(403, upgrade("http://127.0.0.1:" + server().port()).status());
        HttpAnswer page = get(port, "/");
        assertEquals(200, page.status());
        byte[] body = page.body().getBytes(ISO_8859_1);
        assertEquals(server().get("/").body(), new String(body, UTF_8));
    }

    @Test
    void showsClientsNothingOfTheInternalPort() throws Exception {
        List<String> internal = new ArrayList<>(List.of("/metrics", "/livez", "/readyz"));
        internal.addAll(List.of("/api/v1/users", "/user/list?appID=101", "/system/state"));
        internal.addAll(List.of("/debug/threads", "/acc/../metrics", "/%6detrics"));
        for (String target : internal) {
            assertFalse(isFound(get(port, target).status()), target);
        }
    }

    @Test
    void showsServicesTheHttpApiAndNothingElse() throws Exception {
        for (String there : List.of("/api/v1/users", "/user/list?appID=101", "/system/state")) {
            assertEquals(200, get(servicesPort, there).status(), there);
        }
        List<String> forOthers = new ArrayList<>(List.of("/", "/metrics", "/livez", "/acc"));
        forOthers.addAll(List.of("/debug/threads", "/user/../metrics", "/user/%2e%2e/metrics"));
        for (String target : forOthers) {
            assertFalse(isFound(get(servicesPort, target).status()), target);
        }
    }

    private void startProxy(String drain) throws IOException {
        proxy = start(folder, new Place(server(), port, servicesPort), drain);
    }

    /// One for all tests, and another when one of them has ended it.
    private ServerProcess server() throws IOException {
        if (running == null || !running.process().isAlive()) {
            running = new ServerProcess("");
        }
        return running;
    }

    /// Messages in both directions, short and long, and a ping.
    private static void talk(AccClient one, String name, AccClient other, String otherName)
            throws IOException {
        one.say("hello");
        other.hear(name, "hello");
        other.say(LARGE);
        one.hear(otherName, LARGE);
        one.ping();
    }

    private HttpAnswer upgrade(String origin) throws IOException {
        try (RawClient client = RawClient.connect(port)) {
            List<String> headers = new ArrayList<>(client.upgradeHeaders());
            headers.add("Origin: " + origin);
            client.send(RawClient.request("GET /acc HTTP/1.1", headers));
            return client.readAnswer("GET");
        }
    }

    /// Asks for a target exactly as it is written.
    private static HttpAnswer get(int port, String target) throws IOException {
        try (RawClient client = RawClient.connect(port)) {
            List<String> headers = List.of("Host: " + client.host(), "Connection: close");
            client.send(RawClient.request("GET " + target + " HTTP/1.1", headers));
            return client.readAnswer("GET");
        }
    }

    private static boolean isFound(int status) {
        return status / 100 != 4;
    }
}
