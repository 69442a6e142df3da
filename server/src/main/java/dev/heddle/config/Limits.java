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
        Keys.HEAD_BYTES.require((long) maxHeadBytes);
        Keys.HEADERS.require(maxHeaders);
        Keys.CONNECTIONS.require(maxConnections);
        Keys.CONNECTIONS_PER_ADDRESS.require(maxConnectionsPerAddress);
        Keys.UNFINISHED_BYTES.require(maxUnfinishedBytes);
        Keys.HUB_MESSAGES.require(maxHubMessages);
        Keys.HUB_BYTES.require((long) maxHubBytes);
        Keys.HANDSHAKES.require(maxHandshakes);
        Keys.RETRY_AFTER.require(retryAfter);
        Keys.BACKLOG.require(backlog);
    }

    static Limits of(Values values) {
        return new Limits(
                values.bytes(Keys.HEAD_BYTES),
                values.get(Keys.HEADERS),
                values.get(Keys.CONNECTIONS),
                values.get(Keys.CONNECTIONS_PER_ADDRESS),
                values.get(Keys.UNFINISHED_BYTES),
                values.get(Keys.HUB_MESSAGES),
                values.bytes(Keys.HUB_BYTES),
                values.get(Keys.HANDSHAKES),
                values.get(Keys.RETRY_AFTER),
                values.get(Keys.BACKLOG),
                Paces.of(values));
    }
}
