package dev.heddle.support;

import dev.heddle.Heddle;
import dev.heddle.config.Configuration;
import dev.heddle.config.Settings;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// A server in this process for all tests of a class, on free ports and with diagnostics, with a
/// [LeakCheck] after each test. Register it as a static extension:
///
/// ```java
/// @RegisterExtension static final TestServer SERVER = new TestServer(TestServer.settings());
/// ```
public final class TestServer
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    private final Settings settings;
    private @Nullable Heddle server;
    private @Nullable LeakCheck leaks;

    public TestServer(Settings settings) {
        this.settings = settings;
    }

    /// The defaults, but on free ports of the loopback address and with diagnostics.
    public static Settings settings() {
        return configured(Map.of("HEDDLE_DIAGNOSTICS", "true"));
    }

    /// What these environment variables make of a server on free ports of the loopback address,
    /// without diagnostics.
    public static Settings configured(Map<String, String> variables) {
        Map<String, String> all = new HashMap<>();
        all.put("HEDDLE_HOST", "127.0.0.1");
        all.put("HEDDLE_PORT", "0");
        all.put("HEDDLE_INTERNAL_PORT", "0");
        all.put("HEDDLE_WARM_UP", "0s");
        TestTransport.addTo(all);
        all.put("HEDDLE_DEADLINES_CLOSE", "1h"); // who waits for an end shall not be helped by it
        all.putAll(variables);
        return switch (Configuration.read(Optional.empty(), all, List.of())) {
            case Configuration.Reading.Good(Configuration good) -> good.settings();
            case Configuration.Reading.Faulty(List<String> faults) ->
                    throw new IllegalArgumentException(faults.toString());
        };
    }

    public Heddle heddle() {
        return Objects.requireNonNull(server, "the server runs while the tests of its class do");
    }

    public int port() {
        return heddle().port();
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        server = Heddle.start(settings);
    }

    /// Here and not earlier, so that what another server of the same class runs is no leak.
    @Override
    public void beforeEach(ExtensionContext context) {
        leaks = new LeakCheck(heddle());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Objects.requireNonNull(leaks).awaitNothingLeft();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        heddle().close();
    }
}
