package dev.heddle.broker.redis;

import dev.heddle.broker.Position;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The users in places, in Redis. **Thread-safe**; waits as [Redis].
///
/// @param counting asks, and counts
/// @param keys names
record Members(Counting counting, Keys keys) {

    /// The users in a place.
    ///
    /// @param position of the last event of which that takes account
    /// @param users and what others may know of them, empty for nothing
    record Snapshot(Position position, Map<String, String> users) {}

    /// The news that a node gets when it keeps its lease.
    ///
    /// @param isKept whether it had not ended
    /// @param dead a node that is to be cleared away; empty for none
    /// @param nodes whose leases have not ended
    /// @param over the places and users whose time to come back is over
    record Tick(boolean isKept, String dead, List<String> nodes, List<String[]> over) {}

    /// Puts a user in.
    ///
    /// @return whether it was done: not if the node's lease has ended
    boolean enter(Seat seat, String node) {
        String info = seat.info == null ? "" : seat.info;
        return counting.inTurn(
                        () ->
                                counting.run(
                                        Script.ENTER,
                                        keys(seat.place, node),
                                        member(seat, node, info)))
                .equals(1L);
    }

    /// Takes a user out.
    void leave(Seat seat, String node) {
        String grace = Long.toString(seat.grace.toMillis());
        counting.inTurn(
                () ->
                        counting.run(
                                Script.LEAVE, keys(seat.place, node), member(seat, node, grace)));
    }

    /// Forgets a user whose time to come back is over.
    void forget(String place, String user) {
        counting.run(Script.FORGET, keys(place, ""), member(new Seat(place, user), "", ""));
    }

    private List<String> keys(String place, String node) {
        String events = Keys.events(place);
        return List.of(
                keys.users(place),
                keys.at(place),
                keys.infos(place),
                keys.head(events),
                keys.entries(events),
                keys.gone(),
                keys.nodes(),
                keys.held(node),
                keys.run());
    }

    private List<String> member(Seat seat, String node, String last) {
        String said = keys.said(Keys.events(seat.place));
        return List.of(seat.place, seat.user, node, counting.freshEpoch(), said, last);
    }

    /// Reads who is in a place.
    Snapshot snapshot(String place) {
        String events = Keys.events(place);
        List<?> answer =
                (List<?>)
                        counting.run(
                                Script.SNAPSHOT,
                                List.of(
                                        keys.users(place),
                                        keys.infos(place),
                                        keys.head(events),
                                        keys.entries(events),
                                        keys.at(place)),
                                List.of(counting.freshEpoch()));
        Map<String, String> users = new LinkedHashMap<>();
        for (int i = 2; i + 1 < answer.size(); i += 2) {
            users.put(answer.get(i).toString(), answer.get(i + 1).toString());
        }
        long offset = Long.parseLong(answer.get(1).toString());
        return new Snapshot(new Position(answer.get(0).toString(), offset), users);
    }

    /// Keeps a lease.
    ///
    /// @param isNew whether the node begins its lease
    Tick tick(String node, Duration lease, boolean isNew) {
        List<?> answer =
                (List<?>)
                        counting.run(
                                Script.TICK,
                                List.of(
                                        keys.nodes(),
                                        keys.dying(),
                                        keys.gone(),
                                        keys.run(),
                                        keys.held(node)),
                                List.of(node, Long.toString(lease.toMillis()), isNew ? "1" : "0"));
        List<String[]> over = new ArrayList<>();
        for (Object seat : answer.subList(3, answer.size())) {
            over.add(seat.toString().split("\n", 2));
        }
        return new Tick(
                answer.get(0).equals(1L),
                answer.get(1).toString(),
                List.of(answer.get(2).toString().split("\n", -1)),
                over);
    }

    /// Takes a node out of all places, as often as it is asked.
    void clearAway(String node) {
        for (String held : counting.redis().members(keys.held(node))) {
            String[] parts = held.split("\n", 2);
            leave(new Seat(parts[0], parts[1]), node);
        }
        counting.redis().removeFrom(keys.dying(), node);
    }

    /// Ends a node's lease at once, so that others clear it away.
    void giveUp(String node) {
        counting.redis().score(keys.nodes(), node, 1);
    }
}
