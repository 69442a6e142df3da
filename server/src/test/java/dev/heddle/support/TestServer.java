package dev.heddle.support;

import dev.heddle.Heddle;
import dev.heddle.config.Deadlines;
import dev.heddle.config.Settings;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;

/// A server in this process for all tests of a class, on free ports and with diagnostics, with a
/// [LeakCheck] after each test. Register it as a static extension:
///
/// ```java
/// @RegisterExtension static final TestServer SERVER = new TestServer(TestServer.settings());
/// ```
public final class TestServer implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
    private final Settings settings;
    private @Nullable Heddle server;
    private @Nullable LeakCheck leaks;

    public TestServer(Settings settings) {
        this.settings = settings;
    }

    /// The defaults, but on free ports of the loopback address and with diagnostics.
    public static Settings settings() {
        return settings(Settings.defaults().deadlines());
    }

    /// The same with other deadlines.
    public static Settings settings(Deadlines deadlines) {
        Settings defaults = Settings.defaults();
        return new Settings(
                "127.0.0.1",
                0,
                "127.0.0.1",
                0,
                true,
                Duration.ZERO,
                defaults.allowOrigins(),
                defaults.limits(),
                deadlines,
                defaults.token(),
                defaults.ws(),
                defaults.echo(),
                defaults.internal(),
                defaults.profile(),
                defaults.messages(),
                defaults.rooms(),
                defaults.userSessions(),
                defaults.users(),
                defaults.acc(),
                defaults.commands());
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
        leaks = new LeakCheck(server);
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
