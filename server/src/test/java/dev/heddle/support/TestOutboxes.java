package dev.heddle.support;

import dev.heddle.buffer.BufferPool;
import dev.heddle.config.SendLimits;
import dev.heddle.config.Settings;
import dev.heddle.outbox.OutboxContext;
import dev.heddle.outbox.Writers;
import dev.heddle.telemetry.Counters;

/// What outboxes of tests share.
///
/// @param sending how they send
/// @param buffers what they gather frames in
/// @param counters what is counted
public record TestOutboxes(SendLimits sending, BufferPool buffers, Counters counters) {

    /// Those that send as a server does that nobody has configured.
    public TestOutboxes(BufferPool buffers, Counters counters) {
        this(Settings.defaults().sending(), buffers, counters);
    }

    /// Outboxes of these bounds.
    public OutboxContext context(int maxMessages, int maxBytes, int slowConsumerMillis) {
        return new OutboxContext(
                new OutboxContext.Bounds(maxMessages, maxBytes, slowConsumerMillis, sending),
                new Writers(counters),
                buffers,
                counters);
    }
}
