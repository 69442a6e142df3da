package dev.heddle.pages;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/// Ports that stay free while nobody listens at them, because the system gives them to nobody who
/// asks for just any: a server that starts again finds its own.
final class KeptPort {
    private static final Path GIVEN = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
    private static final int USUAL_FIRST_GIVEN = 32_768;
    private static final int FIRST = 10_000;
    private static final int ATTEMPTS = 100;

    private KeptPort() {}

    /// A port at which nobody listens.
    static int find() throws IOException {
        int end = Math.max(FIRST + ATTEMPTS, firstGiven());
        BindException taken = new BindException("no port");
        for (int i = 0; i < ATTEMPTS; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, end);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (BindException e) {
                taken = e;
            }
        }
        throw taken;
    }

    private static int firstGiven() throws IOException {
        return Files.exists(GIVEN)
                ? Integer.parseInt(Files.readString(GIVEN).strip().split("\\s+", -1)[0])
                : USUAL_FIRST_GIVEN;
    }
}
