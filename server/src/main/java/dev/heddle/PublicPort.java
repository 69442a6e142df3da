package dev.heddle;

import dev.heddle.config.Settings;
import dev.heddle.net.transport.Sockets;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/// The public port, before anybody accepts from it.
final class PublicPort {
    private PublicPort() {}

    /// Binds the public port.
    ///
    /// @throws BindFailure when it cannot be bound
    static ServerSocket bind(Sockets sockets, Settings settings) throws IOException {
        String host = settings.server().host();
        int port = settings.server().port();
        ServerSocket socket = sockets.open();
        try {
            socket.setReuseAddress(true);
            socket.bind(
                    new InetSocketAddress(host, port), settings.limits().connections().backlog());
        } catch (IOException unbound) {
            socket.close();
            throw new BindFailure(host, port, false, unbound);
        }
        return socket;
    }
}
