package dev.heddle.user;

import dev.heddle.frame.EncodedFrame;

import java.util.List;

/// One connection to `/acc`, as users see it. **Thread-safe.**
public interface Client {

    /// What there is to say about it.
    ConnectionInfo info();

    /// Whether it has shown life within the online window and is not being closed.
    boolean isAlive();

    /// Begins the closing handshake after what is queued, unless it has begun. Never blocks.
    void close(int code, String reason);

    /// Sends to this client. Blocks while there is no room, but not beyond the slow-consumer
    /// deadline.
    ///
    /// @param sinceNanos from when the deadline runs
    /// @return whether it was taken
    boolean deliver(EncodedFrame frame, long sinceNanos);

    /// Sends to this client if there is room. Never blocks.
    ///
    /// @return whether it was taken
    boolean offer(EncodedFrame frame);

    /// As [dev.heddle.hub.Subscriber] says, and so are the next three.
    int offerAll(List<EncodedFrame> frames, int from);

    void awaitRoom(int bytes, long maxMillis);

    boolean isTooSlow(int waitedMillis);

    void goAway();
}
