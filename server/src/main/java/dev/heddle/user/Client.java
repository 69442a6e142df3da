package dev.heddle.user;

import dev.heddle.channel.Party;
import dev.heddle.hub.Form;
import dev.heddle.hub.Rendering;

/// One connection to `/acc`, as users see it. **Thread-safe.**
public interface Client extends Party {

    /// The description of the connection.
    ConnectionInfo info();

    /// Whether it has shown life within the online window and is not being closed.
    boolean isAlive();

    /// Whether the server has sent it away, and told it to come back, here or elsewhere.
    boolean isSentAway();

    /// Begins the closing handshake after what is queued, unless it has begun. Never blocks.
    void close(int code, String reason);

    /// The form in which the connection takes the facts of its room, and messages of users.
    Form roomForm();

    /// Sends to this client, in its room's form. Blocks while there is no room, but not beyond the
    /// slow-consumer deadline.
    ///
    /// @param sinceNanos from when the deadline runs
    /// @return whether it was taken
    boolean deliver(Rendering fact, long sinceNanos);

    /// Sends to this client, in its room's form, if there is room. Never blocks.
    ///
    /// @return whether it was taken
    boolean offer(Rendering fact);

    /// Subscribes this client to a channel, unless it is subscribed, and tells it so. Blocks while
    /// the hub is behind or the client does not read, not beyond the write deadline.
    ///
    /// @param user whose connection it must be
    /// @return whether it is subscribed: not when that user is not logged in on it, or it has too
    ///   many subscriptions
    boolean subscribe(String user, String channel);

    /// Ends this client's subscription to a channel, and tells it so. Blocks as [#subscribe].
    ///
    /// @param user whose connection it must be
    /// @return whether there was one
    boolean unsubscribe(String user, String channel);
}
