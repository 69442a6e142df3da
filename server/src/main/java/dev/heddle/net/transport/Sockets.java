package dev.heddle.net.transport;

import dev.heddle.config.NetSettings;
import dev.heddle.config.SocketKind;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;

/// Which sockets the public port has: our own, or the JDK's. They behave alike; ours cost less.
///
/// @param kind `epoll` or `jdk`
/// @param why in words
/// @param isDeferred whether ours are accepted only when something has come
public record Sockets(String kind, String why, boolean isDeferred) {
    /// The name of the JDK's own.
    public static final String JDK = "jdk";

    /// The name of ours.
    public static final String EPOLL = "epoll";

    /// Our own where the settings want them and this machine, this process and the kernel allow
    /// them; the JDK's else.
    public static Sockets choose(NetSettings settings) {
        if (settings.transport() == SocketKind.JDK) {
            return jdk("as net.transport says");
        }
        String os = System.getProperty("os.name");
        String processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        if (!os.equals("Linux") || !(processor.equals("amd64") || processor.equals("aarch64"))) {
            return jdk("Heddle's own are for Linux on x86-64 and aarch64");
        }
        if (!Sockets.class.getModule().isNativeAccessEnabled()) {
            return jdk("Heddle's own need --enable-native-access=ALL-UNNAMED");
        }
        try {
            Pollers.start();
            return new Sockets(EPOLL, "Heddle's own", settings.deferredAccept());
        } catch (IOException | RuntimeException | LinkageError refused) {
            return jdk("Heddle's own are refused: " + refused);
        }
    }

    private static Sockets jdk(String why) {
        return new Sockets(JDK, why, false);
    }

    /// Whether the peer has acknowledged all that was sent to it. Never blocks.
    ///
    /// @return `false` also where that is not known: of the JDK's sockets, and of one that is
    ///   closed
    public static boolean isAcknowledged(Socket socket) {
        try {
            return socket instanceof EpollSocket ours && ours.stream().isAcknowledged();
        } catch (IOException closed) {
            return false;
        }
    }

    /// A server socket that is bound to nothing yet.
    public ServerSocket open() throws IOException {
        return kind.equals(EPOLL) ? new EpollServerSocket(isDeferred) : new ServerSocket();
    }
}
