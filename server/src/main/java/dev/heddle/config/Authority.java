package dev.heddle.config;

import java.util.Set;

/// Host and port as they stand in a URL: `127.0.0.1:8080`, `[::1]:8080`.
public final class Authority {
    private static final Set<String> EVERY_ADDRESS = Set.of("0.0.0.0", "::");

    private Authority() {}

    /// Writes them as they are.
    public static String of(String host, int port) {
        return (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + port;
    }

    /// Writes them for somebody on the machine that listens there: a loopback address stands for
    /// every address.
    public static String here(String host, int port) {
        return of(isEveryAddress(host) ? "127.0.0.1" : host, port);
    }

    /// Whether binding to this host serves all addresses of the machine.
    static boolean isEveryAddress(String host) {
        return EVERY_ADDRESS.contains(host);
    }
}
