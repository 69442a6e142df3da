package dev.heddle.config;

/// Bounds of the whole server.
///
/// @param maxHeadBytes bytes of one HTTP request head, 512 to 16,384
/// @param maxHeaders header fields of one HTTP request head
/// @param maxConnections open connections on the public port; 0 is no limit
/// @param maxConnectionsPerAddress open connections of one remote address; 0 is no limit
/// @param maxUnfinishedBytes bytes that unfinished messages may hold in the whole process
/// @param maxHubMessages publications waiting in the hub's queue
/// @param maxHubBytes bytes of the publications waiting in the hub's queue
/// @param backlog connections that the kernel may hold ready before they are accepted
public record Limits(
        int maxHeadBytes,
        int maxHeaders,
        int maxConnections,
        int maxConnectionsPerAddress,
        long maxUnfinishedBytes,
        int maxHubMessages,
        int maxHubBytes,
        int backlog) {

    public Limits {
        Keys.HEAD_BYTES.require((long) maxHeadBytes);
        Keys.HEADERS.require(maxHeaders);
        Keys.CONNECTIONS.require(maxConnections);
        Keys.CONNECTIONS_PER_ADDRESS.require(maxConnectionsPerAddress);
        Keys.UNFINISHED_BYTES.require(maxUnfinishedBytes);
        Keys.HUB_MESSAGES.require(maxHubMessages);
        Keys.HUB_BYTES.require((long) maxHubBytes);
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
                values.get(Keys.BACKLOG));
    }
}
