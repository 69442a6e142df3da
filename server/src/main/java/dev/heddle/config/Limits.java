package dev.heddle.config;

import java.time.Duration;

/// Bounds of the whole server.
///
/// @param maxHeadBytes bytes of one HTTP request head, 512 to 16,384
/// @param maxHeaders header fields of one HTTP request head
/// @param maxConnections open connections on the public port; 0 is no limit
/// @param maxConnectionsPerAddress open connections of one remote address; 0 is no limit
/// @param maxUnfinishedBytes bytes that unfinished messages may hold in the whole process
/// @param maxHubMessages publications waiting in the hub's queue
/// @param maxHubBytes bytes of the publications waiting in the hub's queue
/// @param maxHandshakes opening handshakes that may wait for the server, and young ones that may
///   wait for their clients
/// @param retryAfter within which time those who are refused come back, spread at random
/// @param backlog connections that the kernel may hold ready before they are accepted
/// @param paces how often one connection may want a turn of the server
public record Limits(
        int maxHeadBytes,
        int maxHeaders,
        int maxConnections,
        int maxConnectionsPerAddress,
        long maxUnfinishedBytes,
        int maxHubMessages,
        int maxHubBytes,
        int maxHandshakes,
        Duration retryAfter,
        int backlog,
        Paces paces) {

    public Limits {
        SettingsTable.HEAD_BYTES.require((long) maxHeadBytes);
        SettingsTable.HEADERS.require(maxHeaders);
        SettingsTable.CONNECTIONS.require(maxConnections);
        SettingsTable.CONNECTIONS_PER_ADDRESS.require(maxConnectionsPerAddress);
        SettingsTable.UNFINISHED_BYTES.require(maxUnfinishedBytes);
        SettingsTable.HUB_MESSAGES.require(maxHubMessages);
        SettingsTable.HUB_BYTES.require((long) maxHubBytes);
        SettingsTable.HANDSHAKES.require(maxHandshakes);
        SettingsTable.RETRY_AFTER.require(retryAfter);
        SettingsTable.BACKLOG.require(backlog);
    }

    static Limits of(Values values) {
        return new Limits(
                values.bytes(SettingsTable.HEAD_BYTES),
                values.get(SettingsTable.HEADERS),
                values.get(SettingsTable.CONNECTIONS),
                values.get(SettingsTable.CONNECTIONS_PER_ADDRESS),
                values.get(SettingsTable.UNFINISHED_BYTES),
                values.get(SettingsTable.HUB_MESSAGES),
                values.bytes(SettingsTable.HUB_BYTES),
                values.get(SettingsTable.HANDSHAKES),
                values.get(SettingsTable.RETRY_AFTER),
                values.get(SettingsTable.BACKLOG),
                Paces.of(values));
    }
}
