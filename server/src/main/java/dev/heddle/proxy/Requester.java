package dev.heddle.proxy;

import java.net.InetSocketAddress;

/// The sender of a request, and how the request left it.
///
/// @param address the client's; with port 0 if its proxy does not name the port
/// @param scheme `http` or `https`: what the client spoke with the outermost proxy that is believed
public record Requester(InetSocketAddress address, String scheme) {
    /// The scheme where nobody names another.
    public static final String HTTP = "http";

    /// The scheme over TLS.
    public static final String HTTPS = "https";
}
