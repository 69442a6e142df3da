package dev.heddle.support;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/// Ports of the loopback address for processes that must be told one. They are below those that
/// Linux gives to whoever wants any (32,768 and more), so nobody gets them before the process does.
public final class FreePort {
    private static final int FIRST = 10_000;
    private static final int END = 32_000;

    private FreePort() {}

    /// Finds a port that nobody has at the moment.
    public static int find() {
        int port = any();
        while (isTaken(port)) {
            port = any();
        }
        return port;
    }

    private static int any() {
        return ThreadLocalRandom.current().nextInt(FIRST, END);
    }

    private static boolean isTaken(int port) {
        try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return false;
        } catch (IOException taken) {
            return true;
        }
    }
}
