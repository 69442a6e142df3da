package dev.heddle.abuse;

import dev.heddle.support.Crew;
import dev.heddle.support.Patience;
import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Abuse by not reading, while somebody publishes more than buffers hold.
final class Idlers {
    /// How many never read in one round; as many others read again once they have been found slow.
    private static final int STALLED = 2;

    private static final Duration PATIENCE = Patience.BOUND;
    private static final int MESSAGE_BYTES = 4000;

    private Idlers() {}

    static List<Abuse> all() {
        return List.of(new Abuse("readers that stall", Idlers::stall));
    }

    private static void stall(Arena arena, Random random) throws Exception {
        long slowBefore = slowConsumers(arena);
        List<RawClient> late = new ArrayList<>();
        for (int i = 0; i < STALLED; i++) {
            arena.abandon(arena.open());
            late.add(arena.open());
        }
        try (RawClient publisher = arena.open();
                Crew crew = new Crew()) {
            crew.start(() -> Arena.readFramesToEnd(publisher));
            RawFrame message = RawFrame.binary(new byte[MESSAGE_BYTES]);
            while (slowConsumers(arena) - slowBefore < 2 * STALLED) {
                publisher.send(message);
            }
            publisher.endOutput();
            crew.join(PATIENCE);
        }
        for (RawClient client : late) {
            try (client) {
                Arena.readClose(client, 4013);
            }
        }
    }

    private static long slowConsumers(Arena arena) {
        return arena.server().counters().slowConsumers.sum();
    }
}
