package dev.heddle.user;

import dev.heddle.broker.Roster;
import dev.heddle.config.UserSessions;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/// The rules of all rooms.
///
/// @param sessions whether a user may have several logins
/// @param maxAnnounced users up to which a room's users are told who enters and exits; 0 is no
///   limit
/// @param roster who is in the rooms on all nodes; empty on one node
/// @param grace how long who leaves so may come back to another node
record RoomRules(
        UserSessions sessions,
        int maxAnnounced,
        Optional<Roster> roster,
        Function<Client, Duration> grace) {}
