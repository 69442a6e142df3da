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

    /// Waits until there is room, or there will be none, but at most for the given time.
    ///
    /// @param bytes the length of the frame that was not taken
    protected abstract void awaitRoom(int bytes, long maxMillis);

    /// Decides about a subscriber without room that was waited for.
    ///
    /// @param waitedMillis how long, since the last time this was asked or room was missed
    /// @return whether it is a slow consumer, which has seen to its own Close frame and is no
    ///   longer subscribed; `false` as long as it is the server that is behind
    protected abstract boolean isTooSlow(int waitedMillis);

    /// Ends the client's connection after everything it was offered: the hub has drained, or cannot
    /// serve this subscriber any more.
    protected abstract void goAway();
}
