package dev.heddle.net;

import dev.heddle.handshake.Origins;
import dev.heddle.proxy.Proxies;

/// Whom the server believes.
///
/// @param origins which web pages may connect
/// @param proxies which proxies say who their clients are
public record Trust(Origins origins, Proxies proxies) {}
