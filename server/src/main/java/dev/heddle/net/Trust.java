package dev.heddle.net;

import dev.heddle.config.ServerSettings;
import dev.heddle.config.Settings;
import dev.heddle.handshake.Origins;
import dev.heddle.proxy.Proxies;

/// Whom the server believes.
///
/// @param origins which web pages may connect
/// @param proxies which proxies say who their clients are
public record Trust(Origins origins, Proxies proxies) {

    /// What the settings say.
    public static Trust of(Settings settings) {
        ServerSettings server = settings.server();
        return new Trust(
                new Origins(server.allowOrigins(), server.allowHosts()),
                new Proxies(settings.proxy()));
    }
}
