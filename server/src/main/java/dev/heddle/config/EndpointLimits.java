package dev.heddle.config;

import java.util.ArrayList;

/// Bounds of each connection to one endpoint.
///
/// @param maxFrameBytes payload of one frame
/// @param maxMessageBytes payload of one message, all its fragments together
/// @param maxFragments fragments of one message
/// @param maxUnfinishedBytes bytes that a connection's unfinished message may hold
/// @param maxOutboxMessages messages waiting to be written to the peer
/// @param maxOutboxBytes bytes of the messages waiting to be written to the peer; one message alone
///   may be larger
public record EndpointLimits(
        int maxFrameBytes,
        int maxMessageBytes,
        int maxFragments,
        int maxUnfinishedBytes,
        int maxOutboxMessages,
        int maxOutboxBytes) {

    public EndpointLimits {
        SettingsTable.BYTES.require("frame-bytes", (long) maxFrameBytes);
        SettingsTable.BYTES.require("message-bytes", (long) maxMessageBytes);
        SettingsTable.SOME.require("fragments", maxFragments);
        SettingsTable.BYTES.require("unfinished-bytes", (long) maxUnfinishedBytes);
        SettingsTable.SOME.require("outbox-messages", maxOutboxMessages);
        SettingsTable.BYTES.require("outbox-bytes", (long) maxOutboxBytes);
        if (!fits(maxMessageBytes, maxUnfinishedBytes)) {
            throw new IllegalArgumentException("message-bytes must not exceed unfinished-bytes");
        }
        if (!canArrive(maxMessageBytes, maxFragments, maxFrameBytes)) {
            throw new IllegalArgumentException(
                    "message-bytes must not exceed fragments of frame-bytes");
        }
    }

    static EndpointLimits of(Values values, EndpointRows rows) {
        return new EndpointLimits(
                values.bytes(rows.arriving().frameBytes()),
                values.bytes(rows.arriving().messageBytes()),
                values.get(rows.arriving().fragments()),
                values.bytes(rows.arriving().unfinishedBytes()),
                values.get(rows.waiting().messages()),
                values.bytes(rows.waiting().bytes()));
    }

    /// The limits of `/ws` where nobody sets any.
    public static EndpointLimits defaults() {
        return of(Values.defaults(new ArrayList<>()), SettingsTable.WS);
    }

    /// The same for messages of at most so many bytes, in as many frames as a client likes.
    ///
    /// @throws IllegalArgumentException if the limit is not from 1 byte to 1 GiB
    public EndpointLimits withMaxMessageBytes(int bytes) {
        int unfinishedBytes = Math.max(maxUnfinishedBytes, bytes);
        return new EndpointLimits(
                bytes, bytes, maxFragments, unfinishedBytes, maxOutboxMessages, maxOutboxBytes);
    }

    /// The same for so much that may wait to be written to the peer.
    ///
    /// @throws IllegalArgumentException if a limit is less than 1, or more than 1,000,000 messages
    ///   or 1 GiB
    public EndpointLimits withMaxOutbox(int messages, int bytes) {
        return new EndpointLimits(
                maxFrameBytes, maxMessageBytes, maxFragments, maxUnfinishedBytes, messages, bytes);
    }

    /// Whether so many frames carry a whole message.
    static boolean canArrive(long maxMessageBytes, long maxFragments, long maxFrameBytes) {
        return maxMessageBytes <= maxFragments * maxFrameBytes;
    }

    /// Whether a connection may hold a whole message.
    static boolean fits(long maxMessageBytes, long maxUnfinishedBytes) {
        return maxMessageBytes <= maxUnfinishedBytes;
    }
}
