package dev.heddle.config;

/// The internal port.
///
/// @param host address that it binds to: a loopback address unless there is an API key
/// @param port its number; 0 takes any free one
/// @param tls how it shows who it is
/// @param api the HTTP API on it
public record InternalSettings(String host, int port, TlsSettings tls, ApiSettings api) {
    private static final int ANY_FREE_PORT = 0;

    public InternalSettings {
        SettingsTable.INTERNAL_HOST.require(host);
        SettingsTable.INTERNAL_PORT.require(port);
    }

    static InternalSettings of(Values values) {
        return new InternalSettings(
                values.get(SettingsTable.INTERNAL_HOST),
                values.get(SettingsTable.INTERNAL_PORT),
                TlsSettings.of(values, SettingsTable.INTERNAL_TLS),
                ApiSettings.of(values));
    }

    /// Whether it is the public port too: the same number on the same address.
    boolean isPortOf(ServerSettings server) {
        return port == server.port()
                && port != ANY_FREE_PORT
                && (Authority.isEveryAddress(server.host()) || server.host().equals(host));
    }

    /// Whether it may listen where it shall.
    boolean mayListen() {
        return api.apiKey().isSet() || Kind.isLoopback(host);
    }
}
