package dev.heddle;

import dev.heddle.config.Deadlines;
import dev.heddle.config.EndpointLimits;
import dev.heddle.config.Settings;
import dev.heddle.support.TestServer;

import java.time.Duration;

/// Settings of servers for browsers.
final class ChatServers {
    private ChatServers() {}

    /// Those of other tests, but a browser's spare connections end soon, for it keeps some open
    /// after the last page is gone.
    static Settings settings() {
        Deadlines defaults = Settings.defaults().deadlines();
        return TestServer.settings(
                new Deadlines(
                        Duration.ofSeconds(1),
                        defaults.message(),
                        defaults.pingInterval(),
                        defaults.pong(),
                        defaults.idle(),
                        defaults.write(),
                        defaults.close(),
                        defaults.drain(),
                        defaults.slowConsumer()));
    }

    /// The same at a port, and with a bound for the messages on `/ws`.
    static Settings settings(int port, int maxMessageBytes) {
        Settings settings = settings();
        EndpointLimits ws = settings.ws();
        EndpointLimits bounded =
                new EndpointLimits(
                        ws.maxFrameBytes(),
                        maxMessageBytes,
                        ws.maxFragments(),
                        ws.maxUnfinishedBytes(),
                        ws.maxOutboxMessages(),
                        ws.maxOutboxBytes());
        return new Settings(
                settings.host(),
                port,
                settings.internalHost(),
                0,
                settings.diagnostics(),
                settings.warmUp(),
                settings.allowOrigins(),
                settings.limits(),
                settings.deadlines(),
                settings.token(),
                bounded,
                settings.echo(),
                settings.internal(),
                settings.profile(),
                settings.messages(),
                settings.rooms(),
                settings.userSessions(),
                settings.users(),
                settings.acc(),
                settings.commands());
    }
}
