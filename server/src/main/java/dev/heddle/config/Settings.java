package dev.heddle.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Everything that an operator can choose, immutable and valid.
///
/// @param server the process and its public port
/// @param internal the internal port
/// @param limits bounds of the whole server
/// @param sending how the server sends to clients
/// @param deadlines how long anything may take
/// @param token whom a login believes
/// @param endpoints what clients connect to
/// @param channels what holds in channels
/// @param jfr what is recorded in the background, and when it is written
public record Settings(
        ServerSettings server,
        InternalSettings internal,
        Limits limits,
        SendLimits sending,
        Deadlines deadlines,
        TokenSettings token,
        Endpoints endpoints,
        ChannelSettings channels,
        JfrSettings jfr) {

    private static final Map<Setting<?>, String> UNSEEN =
            Map.of(
                    SettingsTable.HOST, "127.0.0.1",
                    SettingsTable.PORT, "0",
                    SettingsTable.INTERNAL_PORT, "0",
                    SettingsTable.DIAGNOSTICS, "true",
                    SettingsTable.WARM_UP, "0s");

    public Settings {
        if (internal.isPortOf(server)) {
            throw new IllegalArgumentException("internal.port must be different from port");
        }
        if (endpoints.ws().login() && token.isOpen()) {
            throw new IllegalArgumentException("ws.login needs keys of tokens");
        }
        if (!internal.mayListen()) {
            throw new IllegalArgumentException(
                    "internal.host must be a loopback address without an internal.api-key");
        }
    }

    /// The settings of a server that nobody has configured.
    public static Settings defaults() {
        return of(Values.defaults(new ArrayList<>()));
    }

    static Settings of(Values values) {
        return new Settings(
                ServerSettings.of(values),
                InternalSettings.of(values),
                Limits.of(values),
                SendLimits.of(values),
                Deadlines.of(values),
                TokenSettings.of(values),
                Endpoints.of(values),
                ChannelSettings.of(values),
                JfrSettings.of(values));
    }

    /// The settings of a server that only its own process knows of: the defaults, on free ports of
    /// loopback, with every endpoint.
    public static Settings unseen() {
        List<String> faults = new ArrayList<>();
        Values unseen = new Values(faults);
        UNSEEN.forEach((setting, text) -> unseen.set(setting, text, "unseen"));
        Values values = Values.defaults(faults);
        values.putAll(unseen);
        return of(values);
    }
}
