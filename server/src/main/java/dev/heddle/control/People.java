package dev.heddle.control;

import dev.heddle.broker.BrokerUnavailable;
import dev.heddle.hub.Fanout;
import dev.heddle.hub.RawPublisher;
import dev.heddle.user.Connections;
import dev.heddle.user.Messenger;
import dev.heddle.user.Presence;

import java.util.ArrayList;
import java.util.List;

/// Everybody whom a service can reach. **Thread-safe.**
///
/// @param presence who is logged in where
/// @param messenger how users and rooms are reached
/// @param connections those to `/acc`, logged in or not
/// @param callees the connections whose messages services handle
/// @param everyone all on `/ws` of this node
/// @param toEveryone where messages to all on `/ws` are published
public record People(
        Presence presence,
        Messenger messenger,
        Connections connections,
        Callees callees,
        Fanout everyone,
        RawPublisher toEveryone) {

    /// The people of one node, whose rooms know who is there and reach them.
    public static <T extends Presence & Messenger> People of(
            T rooms, Connections connections, Callees callees, Fanout everyone) {
        return new People(rooms, rooms, connections, callees, everyone, RawPublisher.of(everyone));
    }

    /// The same, but messages to all on `/ws` are published elsewhere.
    public People with(RawPublisher publisher) {
        return new People(presence, messenger, connections, callees, everyone, publisher);
    }

    /// All rooms, and [Presence#NO_ROOM] for users who are logged in without one.
    public List<Integer> places() {
        List<Integer> places = new ArrayList<>(presence.rooms());
        places.add(Presence.NO_ROOM);
        return places;
    }

    /// The places of [#places] where a user is known to be logged in; empty if the user is not.
    ///
    /// @throws BrokerUnavailable if none is known, and a node that may know one has not answered
    public List<Integer> placesOf(String user) {
        List<Integer> known = new ArrayList<>();
        BrokerUnavailable unknown = null;
        for (int place : places()) {
            try {
                if (isIn(place, user)) {
                    known.add(place);
                }
            } catch (BrokerUnavailable silent) {
                unknown = silent;
            }
        }
        if (known.isEmpty() && unknown != null) {
            throw unknown;
        }
        return known;
    }

    /// Whether a user is logged in there.
    public boolean isIn(int place, String user) {
        return !presence.connections(place, user).isEmpty();
    }

    /// How many users are logged in to rooms, once for each room.
    public int userCount() {
        return presence.rooms().stream().mapToInt(presence::userCount).sum();
    }

    /// Ends all connections of a user as [Messenger#disconnect] does.
    ///
    /// @param places where, of [#placesOf]
    /// @return how many that were
    public int disconnect(List<Integer> places, String user) {
        return places.stream().mapToInt(place -> messenger.disconnect(place, user)).sum();
    }
}
