package dev.heddle.hub;

/// A receiver of what a [Fanout] is given. Its methods are called by the hub's loop alone. One that
/// is too slow is no longer subscribed.
///
/// A class rather than an interface because the subscriber itself holds its place in the fan-out:
/// with no map from subscriber to place, it costs the hub one reference.
public abstract class Subscriber implements Receiver {
    static final int NOT_SUBSCRIBED = -1;

    /// The index in the fan-out's array, or [#NOT_SUBSCRIBED]. Owned by the hub's loop.
    int place = NOT_SUBSCRIBED;

    /// The form in which the subscriber takes facts. Always the same, and any thread may ask.
    protected Form form() {
        return Form.RAW;
    }

    /// Offers it facts, in order, as many as there is room for. **Must not block.**
    ///
    /// @param from the place of the first fact to take
    /// @return the place of the first fact that was not taken, `facts.size()` for all
    public int offer(Batch facts, int from) {
        return offerAll(facts.frames(form()), from);
    }

    /// Learns that the hub has distributed everything that it will ever distribute. Never blocks.
    protected void drained() {
        goAway();
    }
}
