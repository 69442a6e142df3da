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

/// `net.transport: auto` in the packaged server.
@EnabledOnOs(OS.LINUX)
class TransportIT {
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final List<String> AUTO = List.of("--set", "net.transport=auto");

    @Test
    void takesOurOwnSocketsWhereTheyMayBeUsed() throws Exception {
        try (ServerProcess server = new ServerProcess("", String.join(" ", AUTO))) {
            requireTransport(server, "epoll");
        }
    }

    @Test
    void takesTheJdksWhereNativeAccessIsNotAllowed() throws Exception {
        List<String> withoutManifest =
                List.of(
                        JAVA,
                        "-cp",
                        "target/heddle.jar",
                        "dev.heddle.Launcher",
                        AUTO.get(0),
                        AUTO.get(1));
        try (ServerProcess server = new ServerProcess(withoutManifest, Map.of())) {
            requireTransport(server, "jdk");
            assertTrue(server.log().contains("--enable-native-access=ALL-UNNAMED"), server::log);
        }
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
