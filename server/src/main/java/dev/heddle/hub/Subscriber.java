package dev.heddle.hub;

import dev.heddle.frame.EncodedFrame;

import java.util.List;

/// Who gets the hub's publications. Its methods are called by the hub's loop alone.
///
/// A class rather than an interface because the subscriber itself holds its place in the hub: with
/// no map from subscriber to place, a connection costs the hub one reference.
public abstract class Subscriber {
    static final int NOT_SUBSCRIBED = -1;

    /// The index in the hub's array, or [#NOT_SUBSCRIBED]. Owned by the hub's loop.
    int place = NOT_SUBSCRIBED;

    /// Takes frames in order, as many as there is room for. **Must not block.**
    ///
    /// @param from the index of the first frame to take
    /// @return the index of the first frame that was not taken, `frames.size()` for all
    protected abstract int offerAll(List<EncodedFrame> frames, int from);

    /// Waits for room as long as it is the server that is behind, not this subscriber.
    ///
    /// @param bytes the length of the frame that was not taken
    /// @return whether to go on; `false` ends the subscription of a slow consumer, which has seen
    ///   to its own goodbye
    protected abstract boolean awaitRoom(int bytes);

    /// Ends the client's connection after everything it was offered: the hub has drained, or cannot
    /// serve this subscriber any more.
    protected abstract void goAway();
}
