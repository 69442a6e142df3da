package dev.heddle.config;

import dev.heddle.config.Keys.EndpointKeys;

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
        Keys.BYTES.require("frame-bytes", (long) maxFrameBytes);
        Keys.BYTES.require("message-bytes", (long) maxMessageBytes);
        Keys.SOME.require("fragments", maxFragments);
        Keys.BYTES.require("unfinished-bytes", (long) maxUnfinishedBytes);
        Keys.SOME.require("outbox-messages", maxOutboxMessages);
        Keys.BYTES.require("outbox-bytes", (long) maxOutboxBytes);
        if (!fits(maxMessageBytes, maxUnfinishedBytes)) {
            throw new IllegalArgumentException("message-bytes must not exceed unfinished-bytes");
        }
    }

    static EndpointLimits of(Values values, EndpointKeys keys) {
        return new EndpointLimits(
                values.bytes(keys.frameBytes()),
                values.bytes(keys.messageBytes()),
                values.get(keys.fragments()),
                values.bytes(keys.unfinishedBytes()),
                values.get(keys.outboxMessages()),
                values.bytes(keys.outboxBytes()));
    }

    /// Whether a connection may hold a whole message.
    static boolean fits(long maxMessageBytes, long maxUnfinishedBytes) {
        return maxMessageBytes <= maxUnfinishedBytes;
    }
}
