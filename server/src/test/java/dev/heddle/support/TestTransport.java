package dev.heddle.support;

import dev.heddle.config.NetSettings;
import dev.heddle.config.Settings;
import dev.heddle.config.SocketKind;
import dev.heddle.net.transport.Sockets;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Locale;
import java.util.Map;

/// Which sockets the servers of the tests have: what `HEDDLE_NET_TRANSPORT` says where the tests
/// run, or the default.
public final class TestTransport {
    private static final String VARIABLE = "HEDDLE_NET_TRANSPORT";

    private TestTransport() {}

    /// Adds it to the environment of a server.
    public static void addTo(Map<String, String> variables) {
        String value = System.getenv(VARIABLE);
        if (value != null) {
            variables.putIfAbsent(VARIABLE, value);
        }
    }

    /// Whether they are our own.
    public static boolean isOurs() {
        return chosen().kind().equals(Sockets.EPOLL);
    }

    /// A server socket of that kind, bound to a free port of the loopback address, which also
    /// accepts who says nothing.
    public static ServerSocket bind(int backlog) throws IOException {
        ServerSocket socket = chosen().open();
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), backlog);
        return socket;
    }

    private static Sockets chosen() {
        String value = System.getenv(VARIABLE);
        SocketKind kind =
                value == null
                        ? Settings.defaults().net().transport()
                        : SocketKind.valueOf(value.toUpperCase(Locale.ROOT));
        return Sockets.choose(new NetSettings(kind, false));
    }
}
