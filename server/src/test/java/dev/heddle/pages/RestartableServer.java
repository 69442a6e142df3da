package dev.heddle.pages;

import dev.heddle.Heddle;
import dev.heddle.config.Settings;
import dev.heddle.support.LeakCheck;

import java.io.IOException;

/// A server for browsers that ends and starts again at the same port.
final class RestartableServer implements AutoCloseable {
    private static final int MAX_MESSAGE_BYTES = 1 << 20;
    private final Settings settings;
    private Heddle heddle;
    private LeakCheck leaks;

    RestartableServer() throws IOException {
        this(MAX_MESSAGE_BYTES);
    }

    /// @param maxMessageBytes of a message on `/ws`
    RestartableServer(int maxMessageBytes) throws IOException {
        settings = ChatServers.settings(KeptPort.find(), maxMessageBytes);
        heddle = Heddle.start(settings);
        leaks = new LeakCheck(heddle);
    }

    int port() {
        return settings.server().port();
    }

    Heddle heddle() {
        return heddle;
    }

    void drain() {
        heddle.drain();
        leaks.awaitNothingLeft();
    }

    /// Ends without a goodbye.
    void crash() {
        heddle.close();
        leaks.awaitNothingLeft();
    }

    void startAgain() throws IOException {
        heddle = Heddle.start(settings);
        leaks = new LeakCheck(heddle);
    }

    @Override
    public void close() {
        crash();
    }
}
