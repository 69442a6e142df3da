package dev.heddle.abuse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.support.TestServer;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;

/// Many who publish much at one time, and more than there is room for: they wait for each other.
/// [PublishingCrowd#main] does it with any number.
class PublishingCrowdIT {
    private static final int BYTES = 32_000;

    /// Bounds that a few of such messages fill. Whether a client keeps up with what others say is
    /// not asked here.
    @RegisterExtension
    static final TestServer SERVER =
            new TestServer(
                    TestServer.configured(
                            Map.of(
                                    "HEDDLE_LIMITS_UNFINISHED_BYTES", "128KiB",
                                    "HEDDLE_LIMITS_HUB_BYTES", "64KiB",
                                    "HEDDLE_LIMITS_HUB_MESSAGES", "4",
                                    "HEDDLE_DEADLINES_SLOW_CONSUMER", "60s",
                                    "HEDDLE_CHANNELS_RULES", PublishingCrowd.RULE)));

    @ParameterizedTest
    @CsvSource({"CHANNEL, 500", "BROADCAST, 80"})
    void nobodyIsClosedAndEveryMessageArrives(PublishingCrowd.Way way, int clients)
            throws Exception {
        PublishingCrowd crowd = new PublishingCrowd(SERVER.port(), clients, BYTES);
        crowd.publish(way);
        long waits = SERVER.heddle().counters().unfinishedWaits.sum();
        System.out.printf("%s, %s; waits for room so far: %d%n", way, crowd, waits);
        assertEquals(Map.of(), crowd.closed());
        int each = way == PublishingCrowd.Way.CHANNEL ? 1 : clients;
        assertEquals(clients * each, crowd.received());
    }
}
