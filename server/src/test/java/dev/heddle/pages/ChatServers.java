package dev.heddle.pages;

import dev.heddle.config.Settings;
import dev.heddle.support.TestServer;

import java.util.Map;

/// Settings of servers for browsers.
final class ChatServers {
    /// A browser's spare connections end soon, for it keeps some open after the last page is gone.
    private static final String HEAD = "1s";

    private ChatServers() {}

    /// Those of other tests, but for spare connections.
    static Settings settings() {
        return TestServer.configured(
                Map.of("HEDDLE_DIAGNOSTICS", "true", "HEDDLE_DEADLINES_HEAD", HEAD));
    }

    /// The same at a port, and with a bound for the messages on `/ws`.
    static Settings settings(int port, int maxMessageBytes) {
        return TestServer.configured(
                Map.of(
                        "HEDDLE_DIAGNOSTICS",
                        "true",
                        "HEDDLE_DEADLINES_HEAD",
                        HEAD,
                        "HEDDLE_PORT",
                        Integer.toString(port),
                        "HEDDLE_WS_MESSAGE_BYTES",
                        Integer.toString(maxMessageBytes)));
    }
}
