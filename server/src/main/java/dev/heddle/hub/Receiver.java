package dev.heddle.hub;

import dev.heddle.frame.EncodedFrame;

import java.util.List;

/// The receiver of frames for one client.
public interface Receiver {

    /// Takes frames in order, as many as there is room for. **Must not block.**
    ///
    /// @param from the index of the first frame to take
    /// @return the index of the first frame that was not taken, `frames.size()` for all
    int offerAll(List<EncodedFrame> frames, int from);

    /// Waits until there is room, or there will be none, but at most for the given time.
    ///
    /// @param bytes the length of the frame that was not taken
    void awaitRoom(int bytes, long maxMillis);

    /// Decides about a client that had no room for a frame. One that is [Lag#TOO_SLOW] has seen to
    /// its own Close frame. Never blocks.
    Lag lag();

    /// Runs the action once all that this was offered is written; at once if nothing waits, and not
    /// at all if the connection ends before. Never blocks.
    ///
    /// @param action any thread may run it, and it must not block
    void whenWritten(Runnable action);

    /// Ends the client's connection after everything it was offered. Never blocks.
    void goAway();
}
