package dev.heddle.config;

/// Bounds of each connection to one endpoint.
///
/// @param maxFrameBytes payload of one frame
/// @param maxMessageBytes payload of one message, all its fragments together
/// @param maxFragments fragments of one message
/// @param maxUnfinishedBytes bytes that a connection's unfinished message may hold
/// @param maxOutboxMessages messages waiting to be written to the peer
/// @param maxOutboxBytes bytes of the messages waiting to be written to the peer; one message alone
///     may be larger
public record EndpointLimits(
        int maxFrameBytes,
        int maxMessageBytes,
        int maxFragments,
        int maxUnfinishedBytes,
        int maxOutboxMessages,
        int maxOutboxBytes) {}
