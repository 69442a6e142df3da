package dev.heddle.config;

/// The settings of the sockets and the TLS of the public port.
///
/// @param transport which sockets it has
/// @param deferredAccept whether a connection is accepted only when something has come on it, or
///   after a second; our own sockets alone know that
/// @param tls how it shows who it is, if it speaks TLS
public record NetSettings(SocketKind transport, boolean deferredAccept, TlsSettings tls) {

    /// Without TLS.
    public NetSettings(SocketKind transport, boolean deferredAccept) {
        this(transport, deferredAccept, TlsSettings.OFF);
    }

    static NetSettings of(Values values) {
        return new NetSettings(
                values.get(SettingsTable.NET_TRANSPORT),
                values.get(SettingsTable.DEFERRED_ACCEPT),
                TlsSettings.of(values, SettingsTable.TLS));
    }

    /// The same sockets without TLS.
    NetSettings plain() {
        return new NetSettings(transport, deferredAccept);
    }
}
