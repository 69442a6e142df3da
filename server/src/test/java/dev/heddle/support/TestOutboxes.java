package dev.heddle.support;

import dev.heddle.buffer.BufferPool;
import dev.heddle.config.SendLimits;
import dev.heddle.config.Settings;
import dev.heddle.outbox.OutboxContext;
import dev.heddle.outbox.QueuedBytes;
import dev.heddle.outbox.Writers;
import dev.heddle.telemetry.Counters;

/// What outboxes of tests share.
///
/// @param sending how they send
/// @param buffers what they gather frames in
/// @param counters what is counted
/// @param queued what all of them hold
public record TestOutboxes(
        SendLimits sending, BufferPool buffers, Counters counters, QueuedBytes queued) {

    /// Those that may hold as much as they like together.
    public TestOutboxes(SendLimits sending, BufferPool buffers, Counters counters) {
        this(sending, buffers, counters, new QueuedBytes(Long.MAX_VALUE, counters.outboxWaits));
    }

    /// Those that send as a server does that nobody has configured.
    public TestOutboxes(BufferPool buffers, Counters counters) {
        this(Settings.defaults().sending(), buffers, counters);
    }

    /// Outboxes of these bounds.
    public OutboxContext context(int maxMessages, int maxBytes, int slowConsumerMillis) {
        return new OutboxContext(
                new OutboxContext.Bounds(
                        maxMessages, maxBytes, slowConsumerMillis, sending, queued),
                new Writers(counters),
                buffers,
                counters);
    }
}
