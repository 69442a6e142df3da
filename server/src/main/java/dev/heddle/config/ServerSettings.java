package dev.heddle.config;

import java.time.Duration;
import java.util.List;

/// The process and its public port.
///
/// @param host address that the public port binds to
/// @param port public port; 0 takes any free one
/// @param allowOrigins origins that browsers may connect from besides the server's own, each
///   exactly as a browser sends it; `*` for all, `null` for pages that have none
/// @param allowHosts names and addresses that clients may call the server by; empty for any
/// @param profile whose defaults the settings have
/// @param warmUp how long a process rehearses at most before it accepts; zero is not at all
public record ServerSettings(
        String host,
        int port,
        List<String> allowOrigins,
        List<String> allowHosts,
        Profile profile,
        Duration warmUp) {

    public ServerSettings {
        allowOrigins = List.copyOf(allowOrigins);
        allowHosts = List.copyOf(allowHosts);
        SettingsTable.HOST.require(host);
        SettingsTable.PORT.require(port);
        SettingsTable.ALLOW_ORIGIN.require(allowOrigins);
        SettingsTable.ALLOW_HOST.require(allowHosts);
        SettingsTable.WARM_UP.require(warmUp);
    }

    static ServerSettings of(Values values) {
        return new ServerSettings(
                values.get(SettingsTable.HOST),
                values.get(SettingsTable.PORT),
                values.get(SettingsTable.ALLOW_ORIGIN),
                values.get(SettingsTable.ALLOW_HOST),
                values.get(SettingsTable.PROFILE),
                values.get(SettingsTable.WARM_UP));
    }
}
