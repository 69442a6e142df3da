package dev.heddle.hub;

/// Who gets what a [Fanout] is given. Its methods are called by the hub's loop alone. One that is
/// too slow is no longer subscribed.
///
/// A class rather than an interface because the subscriber itself holds its place in the fan-out:
/// with no map from subscriber to place, it costs the hub one reference.
public abstract class Subscriber implements Receiver {
    static final int NOT_SUBSCRIBED = -1;

    /// The index in the fan-out's array, or [#NOT_SUBSCRIBED]. Owned by the hub's loop.
    int place = NOT_SUBSCRIBED;

    /// The hub has distributed everything that it will ever distribute. Never blocks.
    protected void drained() {
        goAway();
    }
}
