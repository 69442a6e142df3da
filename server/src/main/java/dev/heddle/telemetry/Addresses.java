package dev.heddle.telemetry;

import java.net.SocketAddress;

/// How a client's address is written: everywhere as in `127.0.0.1:40000` or
/// `[0:0:0:0:0:0:0:1]:40000`. Pure.
public final class Addresses {
    private Addresses() {}

    /// The address as text. Java writes it with the host's name, if it knows it, and a slash
    /// before.
    public static String text(SocketAddress address) {
        String text = address.toString();
        return text.substring(text.indexOf('/') + 1);
    }
}
