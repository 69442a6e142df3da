package dev.heddle.outbox;

import java.io.IOException;
import java.net.InetSocketAddress;

/// Where an [Outbox] writes to: the connection that owns the socket.
public interface Transport {

    /// Writes all of the bytes; blocks until the socket has taken them, or fails.
    void write(byte[] bytes, int offset, int length) throws IOException;

    /// The most bytes of one write, so that the deadline sees whether the peer takes any: the
    /// kernel wakes a thread that waits for room only when a third of its buffer is free, and then
    /// has room for some such writes at once.
    default int maxWriteBytes() {
        return 16 * 1024;
    }

    /// Whether the peer has taken all that was written, so that a write that is still under way
    /// waits for the server itself. Never blocks.
    ///
    /// @return `false` also where that is not known
    default boolean hasTakenAll() {
        return false;
    }

    /// Ends the connection at once, without a goodbye. Never blocks.
    void abort();

    /// A Close frame has been queued: the deadline for the peer's answer runs. Never blocks.
    void closeQueued();

    /// The session's deadlines are looked at after this time at the latest. Never blocks.
    void visitWithin(int millis);

    /// Names the connection for as long as this process lives; never used again.
    long id();

    /// When the connection was accepted.
    long openedEpochMillis();

    /// Where the peer is, for humans and for limits; behind a trusted proxy, the client.
    InetSocketAddress address();

    /// The server's coarse clock, in milliseconds from an arbitrary start; wraps around.
    int nowMillis();
}
