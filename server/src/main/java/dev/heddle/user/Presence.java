package dev.heddle.user;

import java.util.List;

/// The presence of users, on all nodes together. No other place answers that question. For users
/// whom only other nodes know, those are asked; it throws [dev.heddle.broker.BrokerUnavailable] if
/// they cannot be.
///
/// **Thread-safe.** An answer is right for the moment at which it was given. It never contradicts
/// the `enter` and `exit` pushes of its room: a client that asks for the list after logging in, and
/// applies the pushes to it in their order, has the right list in the end.
public interface Presence {
    /// The number in place of a room's id for users who are logged in without a room. It is not in
    /// [#rooms].
    int NO_ROOM = 0;

    /// The ids of all rooms that there are (`appID` on the wire), in the configured order. Never
    /// changes.
    List<Integer> rooms();

    /// The ids of the users who are logged in to a room, in the order of their entering; none when
    /// there is no such room. Takes time in proportion to their number. May wait for the room's
    /// lock, which nobody holds while waiting for anything else.
    List<String> users(int room);

    /// How many users are logged in to a room; 0 when there is no such room.
    int userCount(int room);

    /// Whether one of the user's connections to the room has shown life within the online window.
    /// Somebody may be in [#users] and yet not online: a connection is ended later than that.
    boolean isOnline(int room, String user);

    /// The user's connections to the room, the oldest first; none when not logged in there.
    List<ConnectionInfo> connections(int room, String user);
}
