package dev.heddle.outbox;

import dev.heddle.buffer.BufferPool;
import dev.heddle.config.SendLimits;
import dev.heddle.deflate.Compression;
import dev.heddle.telemetry.Counters;

import org.jspecify.annotations.Nullable;

/// The common parts of all outboxes of one endpoint.
///
/// @param writers the threads that write what the hub has queued
/// @param buffers where the writer borrows the buffer that it gathers frames into
/// @param counters what is counted
/// @param farewell the close reason for peers that the server sends away
/// @param compression what compresses for the peers; `null` for those that take plain frames alone
public record OutboxContext(
        Bounds bounds,
        Writers writers,
        BufferPool buffers,
        Counters counters,
        Farewell farewell,
        @Nullable Compression compression) {

    /// The common parts of outboxes whose peers take plain frames alone, and are told to come back
    /// at once.
    public OutboxContext(Bounds bounds, Writers writers, BufferPool buffers, Counters counters) {
        this(bounds, writers, buffers, counters, new Farewell(), null);
    }

    /// The same for peers that inflate.
    public OutboxContext with(Compression agreed) {
        return new OutboxContext(bounds, writers, buffers, counters, farewell, agreed);
    }

    /// The bounds of an outbox, and the way in which it is sent.
    ///
    /// @param maxMessages data frames that may wait
    /// @param maxBytes bytes of data frames that may wait; a single frame over it still fits an
    ///   empty outbox
    /// @param slowConsumerMillis how long a full outbox is waited for in all, while its peer's
    ///   socket does not take what is written, before the peer is a slow consumer
    /// @param sending how the server sends
    /// @param all what all outboxes hold together
    public record Bounds(
            int maxMessages,
            int maxBytes,
            int slowConsumerMillis,
            SendLimits sending,
            QueuedBytes all) {}
}
