package dev.heddle.proxy;

import java.net.InetSocketAddress;

/// Who has sent a request, and how it left them.
///
/// @param address the client's; with port 0 if its proxy does not name the port
/// @param scheme `http` or `https`: what the client spoke with the outermost proxy that is believed
public record Requester(InetSocketAddress address, String scheme) {
    /// What is spoken where nobody says anything else.
    public static final String HTTP = "http";

    /// What is spoken over TLS.
    public static final String HTTPS = "https";
}
