package dev.heddle.gateway;

import dev.heddle.channel.Channels;
import dev.heddle.user.Rooms;

import java.util.Set;

/// The channels that services may put connections into. **Thread-safe.**
///
/// @param all of this node
/// @param rooms whose channels are there only if they are
public record RouteChannels(Channels all, Rooms rooms) {
    /// Whether there can be all these.
    boolean exist(Set<String> names) {
        return names.stream().allMatch(name -> rooms.mayRead(name, Set.of()));
    }

    /// Whether one connection may be in so many.
    boolean isTooMany(int count) {
        return count > all.maxSubscriptions();
    }
}
