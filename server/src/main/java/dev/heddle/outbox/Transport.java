package dev.heddle.outbox;

import java.io.IOException;

/// Where an [Outbox] writes to: the connection that owns the socket.
public interface Transport {

    /// Writes all of the bytes; blocks until the socket has taken them, or fails.
    void write(byte[] bytes, int offset, int length) throws IOException;

    /// Ends the connection at once, without a goodbye. Never blocks.
    void abort();

    /// A Close frame has been queued: the deadline for the peer's answer runs. Never blocks.
    void closeQueued();

    /// The server's coarse clock, in milliseconds from an arbitrary start; wraps around.
    int nowMillis();
}
