package dev.heddle.auth;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The result of verifying a token.
public sealed interface Verdict {

    /// The token is to be believed.
    ///
    /// @param user its subject; any text but an empty one
    /// @param until when it stops being believed, the leeway included; empty if never
    /// @param rooms the rooms that it allows; empty if all
    /// @param channels the channels that it subscribes to
    /// @param info what others may know of the user, a JSON object
    record Accepted(
            String user,
            Optional<Instant> until,
            Set<Integer> rooms,
            List<String> channels,
            Optional<String> info)
            implements Verdict {
        public Accepted {
            rooms = Set.copyOf(rooms);
            channels = List.copyOf(channels);
        }
    }

    /// The token is not accepted.
    record Refused(Refusal reason) implements Verdict {}
}
