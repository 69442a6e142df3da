package dev.heddle.user;

import org.jspecify.annotations.Nullable;

/// Sends to users, on whatever node they are. Throws [dev.heddle.broker.BrokerUnavailable] if other
/// nodes cannot be asked who may have the user.
///
/// **Thread-safe.** What is sent is queued, encoded, for each receiver; whether a client reads it
/// is not known. No method throws because of what a client does.
public interface Messenger {

    /// Sends to each of the user's connections to the room. Blocks for as long as one of them has
    /// no room for it, at most for the slow-consumer deadline (`deadlines.slow-consumer`).
    ///
    /// @return whether at least one connection took it: not when the user is not logged in there
    boolean send(int room, String user, Message message);

    /// Sends to all who are logged in to the room. Blocks until the room's hub has taken it: that
    /// is the back-pressure. All receivers see the messages of a room in one order.
    ///
    /// @param except the user none of whose connections gets it, or `null`; need not be logged in
    /// @return whether it was taken and so will be delivered: not when there is no such room, or
    ///   the server is draining
    boolean sendAll(int room, @Nullable String except, Message message);

    /// Sends to all who are logged in to any room, one room after the other. Blocks as [#sendAll].
    ///
    /// @return whether all rooms have taken it: not when the server is draining
    boolean broadcast(Message message);

    /// Ends all of the user's connections to the room, each with a Close frame
    /// ([dev.heddle.frame.CloseCode#DISCONNECTED], which tells the client not to come back by
    /// itself) after what is queued for it. The others get one `exit` push. Never blocks.
    ///
    /// @return how many connections that were; 0 when the user is not logged in there
    int disconnect(int room, String user);

    /// Subscribes all of a user's connections to a channel, whatever its rule says, and tells them.
    /// Blocks as [#send].
    ///
    /// @return how many are subscribed now
    int subscribe(String user, String channel);

    /// Ends the subscriptions of all of a user's connections to a channel, and tells them. Blocks
    /// as [#send].
    ///
    /// @return how many that were
    int unsubscribe(String user, String channel);
}
