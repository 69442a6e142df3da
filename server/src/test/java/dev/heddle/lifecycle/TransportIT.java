package dev.heddle.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;
import dev.heddle.support.ServerProcess;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Which sockets the packaged server has.
@EnabledOnOs(OS.LINUX)
class TransportIT {
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    @Test
    void takesOurOwnSocketsWhereTheyMayBeUsed() throws Exception {
        try (ServerProcess server = new ServerProcess("export HEDDLE_NET_TRANSPORT=auto;")) {
            requireTransport(server, "epoll");
        }
    }

    @Test
    void takesTheJdksWhereNativeAccessIsNotAllowed() throws Exception {
        List<String> withoutManifest =
                List.of(JAVA, "-cp", "target/heddle.jar", "dev.heddle.Launcher");
        try (ServerProcess server =
                new ServerProcess(withoutManifest, Map.of("HEDDLE_NET_TRANSPORT", "auto"))) {
            requireTransport(server, "jdk");
            requireReason(server, "--enable-native-access=ALL-UNNAMED");
        }
    }

    @Test
    void takesTheJdksWhereTheSettingSaysSo() throws Exception {
        try (ServerProcess server = new ServerProcess("export HEDDLE_NET_TRANSPORT=jdk;")) {
            requireTransport(server, "jdk");
            requireReason(server, "as net.transport says");
        }
    }

    private static void requireReason(ServerProcess server, String reason) {
        assertTrue(
                server.banner().stream().anyMatch(line -> line.contains(reason)),
                () -> server.banner().toString());
    }

    private static void requireTransport(ServerProcess server, String kind) throws Exception {
        String metrics = server.getInternal("/metrics").body();
        assertTrue(metrics.contains("heddle_transport{transport=\"" + kind + "\"} 1"), metrics);
        try (RawClient publisher = RawClient.open(server.port(), "/ws")) {
            publisher.send(RawFrame.text("served"));
            assertEquals("served", publisher.readFrame().text());
        }
    }
}
