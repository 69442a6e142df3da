package dev.heddle.api;

import dev.heddle.channel.Channels;
import dev.heddle.config.Language;
import dev.heddle.hub.Fanout;
import dev.heddle.recording.Recorder;
import dev.heddle.telemetry.Inspection;
import dev.heddle.telemetry.Metrics;
import dev.heddle.user.Connections;
import dev.heddle.user.Messenger;
import dev.heddle.user.Presence;

import java.util.function.IntSupplier;

/// What the internal port speaks for.
///
/// @param version of this server
/// @param language of the standard texts of gowebsocket's routes
/// @param isGowebsocket whether its routes answer to every browser as it does
/// @param maxTextBytes UTF-8 bytes of one message's text
/// @param readiness whether new clients should come
/// @param openConnections how many connections the public port has
/// @param metrics what is counted
/// @param inspection what the connections of the public port are doing
/// @param presence who is online
/// @param messenger how users and rooms are reached
/// @param connections those to `/acc`
/// @param channels what is published and who is subscribed
/// @param everyone all on `/ws`
/// @param recorder what is recorded
public record ApiContext(
        String version,
        Language language,
        boolean isGowebsocket,
        int maxTextBytes,
        Readiness readiness,
        IntSupplier openConnections,
        Metrics metrics,
        Inspection inspection,
        Presence presence,
        Messenger messenger,
        Connections connections,
        Channels channels,
        Fanout everyone,
        Recorder recorder) {}
