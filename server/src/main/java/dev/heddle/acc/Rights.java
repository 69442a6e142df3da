package dev.heddle.acc;

import dev.heddle.user.LoginCheck.Decision;
import dev.heddle.user.Rooms;

import java.util.List;
import java.util.Set;

/// The rights that a token gives to the subscriptions of its login.
///
/// @param rooms ids of the rooms that the user may log in to; empty for all
/// @param channels those that the login is subscribed to
record Rights(Set<Integer> rooms, List<String> channels) {
    /// The rights of a login whose token does not mention subscriptions.
    static final Rights USUAL = new Rights(Set.of(), List.of());

    static Rights of(Decision.Allowed token) {
        return new Rights(token.rooms(), token.channels());
    }

    /// Whether a channel that was allowed by these is not by those of a newer token: it named the
    /// channel, or allowed its room.
    boolean isWithdrawn(String channel, Rights newer, Rooms of) {
        boolean isOutsideNow = of.mayRead(channel, rooms) && !of.mayRead(channel, newer.rooms);
        return (channels.contains(channel) || isOutsideNow) && !newer.channels.contains(channel);
    }
}
