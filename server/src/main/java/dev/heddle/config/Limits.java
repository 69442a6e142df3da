package dev.heddle.config;

import java.time.Duration;

/// Bounds of the whole server.
///
/// @param head of one HTTP request head
/// @param connections of the public port
/// @param hub of what waits in a hub
/// @param maxUnfinishedBytes bytes that unfinished messages may hold in the whole process; 0 is a
///   sixteenth of the heap
/// @param maxOutboxBytes bytes that may wait for clients in the whole process; 0 is an eighth of it
/// @param paces how often one connection may want a turn of the server
public record Limits(
        HeadBounds head,
        ConnectionBounds connections,
        HubBounds hub,
        long maxUnfinishedBytes,
        long maxOutboxBytes,
        Paces paces) {

    public Limits {
        SettingsTable.UNFINISHED_BYTES.require(maxUnfinishedBytes);
        SettingsTable.OUTBOX_BYTES.require(maxOutboxBytes);
    }

    /// Bytes that unfinished messages may hold in a heap of this size.
    public long unfinishedWithin(long heapBytes) {
        return maxUnfinishedBytes == 0 ? heapBytes / 16 : maxUnfinishedBytes;
    }

    /// Bytes that may wait for clients in a heap of this size.
    public long outboxWithin(long heapBytes) {
        return maxOutboxBytes == 0 ? heapBytes / 8 : maxOutboxBytes;
    }

    /// Bounds of one HTTP request head.
    ///
    /// @param maxBytes its bytes, 512 to 16,384
    /// @param maxHeaders its header fields
    public record HeadBounds(int maxBytes, int maxHeaders) {

        public HeadBounds {
            SettingsTable.HEAD_BYTES.require((long) maxBytes);
            SettingsTable.HEADERS.require(maxHeaders);
        }
    }

    /// Bounds of the connections of the public port.
    ///
    /// @param max open connections; 0 is no limit
    /// @param maxPerAddress open connections of one remote address; 0 is no limit
    /// @param maxHandshakes opening handshakes that may wait for the server, and young ones that
    ///   may wait for their clients
    /// @param backlog connections that the kernel may hold ready before they are accepted
    /// @param retryAfter within which time those who are refused come back, spread at random
    public record ConnectionBounds(
            int max, int maxPerAddress, int maxHandshakes, int backlog, Duration retryAfter) {

        public ConnectionBounds {
            SettingsTable.CONNECTIONS.require(max);
            SettingsTable.CONNECTIONS_PER_ADDRESS.require(maxPerAddress);
            SettingsTable.HANDSHAKES.require(maxHandshakes);
            SettingsTable.BACKLOG.require(backlog);
            SettingsTable.RETRY_AFTER.require(retryAfter);
        }
    }

    /// Bounds of the publications that wait in a hub's queue.
    ///
    /// @param maxMessages how many
    /// @param maxBytes their bytes
    public record HubBounds(int maxMessages, int maxBytes) {

        public HubBounds {
            SettingsTable.HUB_MESSAGES.require(maxMessages);
            SettingsTable.HUB_BYTES.require((long) maxBytes);
        }
    }

    static Limits of(Values values) {
        return new Limits(
                new HeadBounds(
                        values.bytes(SettingsTable.HEAD_BYTES), values.get(SettingsTable.HEADERS)),
                new ConnectionBounds(
                        values.get(SettingsTable.CONNECTIONS),
                        values.get(SettingsTable.CONNECTIONS_PER_ADDRESS),
                        values.get(SettingsTable.HANDSHAKES),
                        values.get(SettingsTable.BACKLOG),
                        values.get(SettingsTable.RETRY_AFTER)),
                new HubBounds(
                        values.get(SettingsTable.HUB_MESSAGES),
                        values.bytes(SettingsTable.HUB_BYTES)),
                values.get(SettingsTable.UNFINISHED_BYTES),
                values.get(SettingsTable.OUTBOX_BYTES),
                Paces.of(values));
    }
}
