package dev.heddle.hub;

import dev.heddle.broker.Publication;
import dev.heddle.frame.EncodedFrame;

import org.jspecify.annotations.Nullable;

/// Something that happened, as a value that knows neither JSON nor sockets. Each receiver gets it
/// in the [Form] that it takes.
public sealed interface Fact {

    /// About how many bytes it holds, however it is rendered.
    default int bytes() {
        return 0;
    }

    /// A message to everybody on the raw hub.
    ///
    /// @param frame the message as it was sent, which already is all that a receiver gets
    record Raw(EncodedFrame frame) implements Fact {
        @Override
        public int bytes() {
            return frame.length();
        }
    }

    /// Something was published in a channel.
    ///
    /// @param epoch of the channel's log
    record Published(String channel, String epoch, Publication publication) implements Fact {
        @Override
        public int bytes() {
            return publication.message().bytes();
        }
    }

    /// A user has come to a channel.
    ///
    /// @param info what others may know of the user, any JSON; `null` for nothing
    record Joined(String channel, String user, @Nullable String info) implements Fact {}

    /// A user has left a channel.
    ///
    /// @param info as in [Joined]
    record Left(String channel, String user, @Nullable String info) implements Fact {}

    /// A user has come to a room.
    record Entered(String user) implements Fact {}

    /// A user has left a room.
    record Exited(String user) implements Fact {}

    /// A message of one user to another one, or of a backend.
    ///
    /// @param id its sender's name for it; may be empty
    /// @param from the user whom it is from
    /// @param target the user whom alone it is for; may be empty
    /// @param text any text
    record Sent(String id, String from, String target, String text) implements Fact {}
}
