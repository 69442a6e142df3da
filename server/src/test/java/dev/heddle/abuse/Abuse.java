package dev.heddle.abuse;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/// One kind of abuse.
///
/// @param name what a failure shows
/// @param round does it once, and insists on what the server owes even to an abuser
record Abuse(String name, Round round) {

    /// Once.
    interface Round {
        void play(Arena arena, Random random) throws Exception;
    }

    /// Every kind there is.
    static List<Abuse> all() {
        return Stream.of(BadHeads.all(), BadFrames.all(), Floods.all(), Leavers.all(), Idlers.all())
                .flatMap(List::stream)
                .toList();
    }
}
