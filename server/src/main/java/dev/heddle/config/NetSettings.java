package dev.heddle.config;

/// What lies beneath the public port.
///
/// @param transport which sockets it has
/// @param deferredAccept whether a connection is accepted only when something has come on it, or
///   after a second; our own sockets alone know that
public record NetSettings(SocketKind transport, boolean deferredAccept) {

    static NetSettings of(Values values) {
        return new NetSettings(
                values.get(SettingsTable.NET_TRANSPORT), values.get(SettingsTable.DEFERRED_ACCEPT));
    }
}
