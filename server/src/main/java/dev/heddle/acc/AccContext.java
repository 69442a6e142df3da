package dev.heddle.acc;

import dev.heddle.acc.wire.Reply;
import dev.heddle.channel.Channels;
import dev.heddle.config.CommandRates;
import dev.heddle.config.Language;
import dev.heddle.config.UserSettings;
import dev.heddle.telemetry.Counters;
import dev.heddle.user.LoginCheck;
import dev.heddle.user.OpenConnections;
import dev.heddle.user.Rooms;

import java.time.InstantSource;

/// The common parts of all connections to `/acc`.
///
/// @param rooms where users log in
/// @param channels what they subscribe to
/// @param connections where each connection can be found
/// @param check who may log in
/// @param users when they have to
/// @param rates how much each of them may send
/// @param loggedIn the reply to a login that went well
/// @param language of standard texts
/// @param clock what tokens expire by
public record AccContext(
        Rooms rooms,
        Channels channels,
        OpenConnections connections,
        LoginCheck check,
        UserSettings users,
        CommandRates rates,
        Reply loggedIn,
        Language language,
        InstantSource clock,
        Counters counters) {}
