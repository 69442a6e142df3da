package dev.heddle.net;

import dev.heddle.buffer.BufferPool;
import dev.heddle.config.Limits;
import dev.heddle.message.UnfinishedBytes;
import dev.heddle.telemetry.Counters;

/// The common parts of all connections of the public port.
///
/// @param limits bounds that are not an endpoint's
/// @param timeouts the deadlines
/// @param pacing how often one connection may do what
/// @param routes where paths lead
/// @param trust whom the server believes
/// @param smallBuffers for reading frames and most request heads
/// @param largeBuffers for gathering writes and large request heads
/// @param unfinished the account of all unfinished messages
/// @param wheel every deadline
/// @param admission how many connections there are and may be
public record ServerContext(
        Limits limits,
        Timeouts timeouts,
        Pacing pacing,
        Routes routes,
        Trust trust,
        BufferPool smallBuffers,
        BufferPool largeBuffers,
        UnfinishedBytes unfinished,
        TimingWheel wheel,
        Admission admission,
        Counters counters) {}
