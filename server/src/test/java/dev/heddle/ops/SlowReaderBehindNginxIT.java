package dev.heddle.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.support.HttpApi;
import dev.heddle.support.ServerProcess;
import dev.heddle.support.SlowReader;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// A client whose line is slow but steady gets all that it has missed through nginx with
/// `ops/nginx` too. The whole takes longer than each of the deadlines, which are shorter here.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlowReaderBehindNginxIT {
    private static final int CHANNELS = 20;
    private static final int EACH = 48;
    private static final int BYTES_PER_SECOND = 80 << 10;
    private static final String DATA = '"' + "x".repeat(1000) + '"';

    private ServerProcess server;
    private ProxyProcess nginx;
    private int port;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        server =
                new ServerProcess(
                        "",
                        "--set deadlines.write=6s",
                        "--set deadlines.ping-interval=500ms",
                        "--set deadlines.pong=500ms",
                        "--set channels.rules='slow:* history=1000'");
        List<Integer> ports = ProxyProcess.freePorts();
        port = ports.getFirst();
        ProxyContract.Place place = new ProxyContract.Place(server, port, ports.getLast());
        nginx =
                Nginx.of(folder, place)
                        .with("proxy_read_timeout 90s", "send_timeout 6s; proxy_read_timeout 8s")
                        .with("proxy_send_timeout 90s", "proxy_send_timeout 8s")
                        .start();
        HttpApi api = new HttpApi();
        for (int i = 0; i < CHANNELS * EACH; i++) {
            api.publish(server.internalPort(), "slow:" + i % CHANNELS, DATA);
        }
    }

    @AfterAll
    void end() throws Exception {
        nginx.end();
        server.close();
    }

    /// @param limit publications of a portion; 0 for all at once
    @ParameterizedTest
    @ValueSource(ints = {0, 20})
    void recoversAllOfItsChannelsInOneConnection(int limit) throws IOException {
        try (SlowReader reader = new SlowReader(port, BYTES_PER_SECOND)) {
            reader.subscribeAll(CHANNELS, limit);
            assertEquals(CHANNELS * EACH, reader.readPublications());
            assertEquals(CHANNELS, reader.subscribed());
            reader.requireOpen();
        }
    }
}
