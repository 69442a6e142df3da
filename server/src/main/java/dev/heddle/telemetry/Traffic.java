package dev.heddle.telemetry;

import org.jspecify.annotations.Nullable;

/// One WebSocket connection, as it is at a moment: its client, and the messages that it has
/// carried. The numbers are read while others write them, so they may be of slightly different
/// moments.
///
/// @param id names the connection for as long as this process lives; never used again
/// @param path of the endpoint
/// @param peer where the client is, as `host:port`
/// @param user who has logged in on it
/// @param ageMillis since it was accepted
/// @param state what its thread is doing: a phase of the connection, in words
/// @param messagesIn text and binary messages from the client
/// @param bytesIn bytes of frames from the client
/// @param messagesOut text and binary messages to the client
/// @param bytesOut bytes to the client, the handshake's response among them
/// @param outboxBytes bytes of messages that wait to be written
/// @param peakOutboxBytes the most that ever waited
public record Traffic(
        long id,
        String path,
        String peer,
        @Nullable String user,
        long ageMillis,
        String state,
        long messagesIn,
        long bytesIn,
        long messagesOut,
        long bytesOut,
        int outboxBytes,
        int peakOutboxBytes) {}
