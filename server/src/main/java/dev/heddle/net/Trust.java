package dev.heddle.net;

import dev.heddle.config.ServerSettings;
import dev.heddle.config.Settings;
import dev.heddle.handshake.Origins;
import dev.heddle.proxy.Proxies;
import dev.heddle.tls.TlsPort;

import java.util.Optional;

/// Whom the server believes, and how it is believed itself.
///
/// @param origins which web pages may connect
/// @param proxies which proxies say who their clients are
/// @param tls what the public port speaks, if it does
public record Trust(Origins origins, Proxies proxies, Optional<TlsPort> tls) {

    /// The trust that the settings define.
    public static Trust of(Settings settings, Optional<TlsPort> tls) {
        ServerSettings server = settings.server();
        return new Trust(
                new Origins(server.allowOrigins(), server.allowHosts()),
                new Proxies(settings.proxy()),
                tls);
    }
}
