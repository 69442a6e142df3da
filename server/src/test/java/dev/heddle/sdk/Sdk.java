package dev.heddle.sdk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.Heddle;
import dev.heddle.config.Settings;
import dev.heddle.support.CuttingProxy;
import dev.heddle.support.HttpApi;
import dev.heddle.support.LeakCheck;
import dev.heddle.support.Patience;
import dev.heddle.support.TestServer;

import org.awaitility.Awaitility;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/// A server, the network to it, and a script with `heddle.js`, for one test. Closing it makes sure
/// that the server has nothing left over of the clients.
final class Sdk implements AutoCloseable {
    /// The channel of most scenarios: who subscribes to it may publish.
    static final String CHANNEL = "room:sdk";

    /// Of the tokens that scenarios make, where the server asks for some.
    static final String SECRET = "a secret of the scenarios, long enough";

    /// Longer than the time-outs of scenarios that sleep.
    private static final Duration SLEEP = Duration.ofSeconds(3);

    private static final Duration PATIENCE = Patience.BOUND;

    private final HttpApi api = new HttpApi();
    private final Settings settings;
    private final CuttingProxy network;
    private final Script script;
    private Heddle server;
    private LeakCheck leaks;

    /// @param settings of the server, as environment variables
    Sdk(Script.Maker maker, Map<String, String> settings) throws Exception {
        this.settings = TestServer.configured(settings);
        server = Heddle.start(this.settings);
        leaks = new LeakCheck(server);
        network = new CuttingProxy(server.port());
        script = maker.make(network.port());
        run(prelude());
    }

    CuttingProxy network() {
        return network;
    }

    /// The server's port, without the network.
    int port() {
        return server.port();
    }

    /// Runs the body of an asynchronous function in the script.
    Object run(String body) {
        return script.run(body + "\n;return true;");
    }

    /// The same, but the script's connections lead to a server that is made up.
    void runFake(String body) {
        run(resource("fake_server.js"));
        run(body);
    }

    /// Does something while the script sleeps, and lets it sleep for longer than a client would
    /// wait for an answer.
    void sleepWhile(Step step) throws Exception {
        script.sleep();
        step.go();
        Thread.sleep(SLEEP);
        script.wake();
    }

    /// What may fail.
    @FunctionalInterface
    interface Step {
        void go() throws Exception;
    }

    /// Blocks until an expression is true in the script.
    void await(String condition) {
        Awaitility.await(condition)
                .pollInSameThread()
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> script.run("return Boolean(" + condition + ")").equals(true),
                        Boolean::booleanValue);
    }

    /// What an expression is in the script.
    Object value(String expression) {
        return script.run("return " + expression);
    }

    /// Fails unless an expression is this, as text.
    void assertIs(Object expected, String expression) {
        assertEquals(String.valueOf(expected), String.valueOf(value(expression)), expression);
    }

    /// Publishes numbers in the channel, one after the other, as a service does.
    void publish(int from, int to) throws IOException, InterruptedException {
        for (int number = from; number < to; number++) {
            api.publish(server.internalPort(), CHANNEL, Integer.toString(number));
        }
    }

    /// Blocks until the channel has had so many publications.
    void awaitPublication(int offset) {
        Awaitility.await("publication " + offset)
                .pollInSameThread()
                .until(
                        () -> call("GET", "channels/" + CHANNEL + "/history?limit=1", ""),
                        answer -> answer.contains("\"offset\":" + offset));
    }

    /// Calls the HTTP API, which must say that it went well.
    String call(String method, String path, String body) throws IOException, InterruptedException {
        return api.call(server.internalPort(), method, path, body);
    }

    /// From now on the network answers, but refuses all connections, until [#findAgain()].
    void leaveNobodyThere() throws IOException {
        try (ServerSocket gone = new ServerSocket(0)) {
            network.leadTo(gone.getLocalPort());
        }
        network.thaw();
    }

    void findAgain() {
        network.leadTo(server.port());
    }

    /// Ends the server without a goodbye, and starts another one, which knows nothing of before.
    void restart() throws IOException {
        server.close();
        server = Heddle.start(settings);
        leaks = new LeakCheck(server);
        network.leadTo(server.port());
    }

    @Override
    public void close() throws IOException {
        network.thaw();
        script.close();
        network.close();
        leaks.awaitNothingLeft();
        server.close();
    }

    private String prelude() {
        String url = "'ws://127.0.0.1:%d/acc'".formatted(network.port());
        return resource("scenario.js")
                .replace("MODULE", script.module())
                .replace("URL", url)
                .replace("SECRET", "'" + SECRET + "'")
                .replace("'CHANNEL'", "'" + CHANNEL + "'");
    }

    private static String resource(String name) {
        try (InputStream in = Sdk.class.getResourceAsStream("/sdk/" + name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
