package dev.heddle.user;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Decides whether a client is the user that it claims to be.
///
/// **Thread-safe.** Called on the connection's thread; may block, then that client waits.
public interface LoginCheck {

    /// Everybody is believed.
    LoginCheck OPEN =
            (_, user) ->
                    new Decision.Allowed(
                            user, Optional.empty(), Set.of(), List.of(), Optional.empty());

    /// Decides.
    ///
    /// @param serviceToken what the client shows; may be empty. **Secret:** it must not get into
    ///   any log line, message or exception
    /// @param user who the client says it is; may be empty when the token says that, and any text
    Decision check(String serviceToken, String user);

    /// Why somebody is not believed.
    enum Cause {
        /// The client does not prove that it is the user that it claims to be.
        NOT_AUTHORIZED,
        /// The user's id is none.
        BAD_USER_ID,
        /// The check is not possible now.
        UNAVAILABLE
    }

    /// The decision about a login.
    sealed interface Decision {

        /// The client is who it says, or who the token says.
        ///
        /// @param user the user's id
        /// @param expires when the connection has to show a new token or end; empty for never
        /// @param rooms the rooms that the user may log in to; empty for all
        /// @param channels the channels that the client is subscribed to at once
        /// @param info what others may know of the user, a JSON object
        record Allowed(
                String user,
                Optional<Instant> expires,
                Set<Integer> rooms,
                List<String> channels,
                Optional<String> info)
                implements Decision {
            public Allowed {
                rooms = Set.copyOf(rooms);
                channels = List.copyOf(channels);
            }
        }

        /// The client is not believed.
        ///
        /// @param cause what is wrong
        /// @param reason the same in words for the client, which must not repeat what it has sent
        record Refused(Cause cause, String reason) implements Decision {}
    }
}
