package dev.heddle.control;

import org.jspecify.annotations.Nullable;

/// Whom a message of a service is for.
public sealed interface Receivers {

    /// All connections of a user, wherever the user is logged in.
    record User(String user) implements Receivers {}

    /// All connections of a user to one room.
    record UserInRoom(int room, String user) implements Receivers {}

    /// Everybody in a room.
    ///
    /// @param except the user who does not get it; nobody if `null`
    record Room(int room, @Nullable String except) implements Receivers {}

    /// One connection to `/acc` or to a route of the gateway.
    record Connection(long id) implements Receivers {}

    /// Everybody who is somewhere.
    enum Everybody implements Receivers {
        /// In the rooms.
        ROOMS,
        /// On `/ws`, where messages are texts without an envelope.
        WS,
        /// In the rooms and on `/ws`.
        ALL
    }
}
