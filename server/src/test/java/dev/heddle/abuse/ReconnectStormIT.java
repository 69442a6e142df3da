package dev.heddle.abuse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.UnixOperatingSystemMXBean;

import dev.heddle.Heddle;
import dev.heddle.support.Crew;
import dev.heddle.support.Patience;
import dev.heddle.support.Soon;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// Thousands of clients that have lost their connections together come back together.
class ReconnectStormIT {
    private static final int BYSTANDERS = 100;
    private static final int MOST_CLIENTS = 6000;
    private static final int SPARE_DESCRIPTORS = 500;
    private static final Duration SPREAD = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration PATIENCE = Patience.BOUND;

    @RegisterExtension static final TestServer SERVER = new TestServer(TestServer.settings());

    @Test
    void allAreBackAtTheFirstAttemptAndOthersLoseNothing() throws Exception {
        Heddle server = SERVER.heddle();
        int clients = clients();
        List<HonestClient> bystanders = new ArrayList<>();
        AtomicBoolean over = new AtomicBoolean();
        try (Storm storm = new Storm(server.port(), "/echo");
                Crew crew = new Crew()) {
            for (int i = 0; i < BYSTANDERS; i++) {
                HonestClient bystander = new HonestClient(server.port(), i);
                bystanders.add(bystander);
                crew.start(() -> bystander.listen(1));
            }
            crew.start(() -> bystanders.getFirst().talk(PAUSE, over));
            try {
                for (int round = 0; round < 2; round++) {
                    storm.leave();
                    int back = storm.connect(clients, SPREAD, PATIENCE);
                    assertEquals(List.of(), storm.refusals().stream().distinct().toList());
                    assertEquals(clients, back, "are back");
                }
                Soon.untilAsserted(() -> assertEquals(clients + BYSTANDERS, server.connections()));
            } finally {
                over.set(true);
                crew.join(PATIENCE);
            }
            List<String> said = bystanders.getFirst().said();
            for (HonestClient bystander : bystanders) {
                assertEquals(said, bystander.heardFrom(bystanders.getFirst()), "lost");
                bystander.sayGoodbye();
                bystander.close();
            }
        }
        assertEquals(0, server.counters().acceptFailures.sum(), "failed accepts");
        assertEquals(0, server.counters().bugs.sum(), "bugs");
    }

    /// Each has two descriptors in this process, one of them the server's.
    private static int clients() {
        UnixOperatingSystemMXBean system =
                (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long descriptors = system.getMaxFileDescriptorCount() - SPARE_DESCRIPTORS;
        return (int) Math.min(MOST_CLIENTS, descriptors / 2);
    }
}
