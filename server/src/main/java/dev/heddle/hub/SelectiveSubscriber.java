package dev.heddle.hub;

import dev.heddle.frame.EncodedFrame;

import java.util.List;

/// A subscriber that hands on to a client what is for it, and passes over the rest. A client may
/// have several, of fan-outs of different hubs: so none ends its connection when its hub has
/// drained.
public abstract class SelectiveSubscriber extends Subscriber {
    /// The client.
    protected abstract Receiver receiver();

    /// Offers what is for this subscriber, and passes over the rest.
    @Override
    public int offerAll(List<EncodedFrame> frames, int from) {
        int next = from;
        while (next < frames.size()) {
            int end = endOfThoseForThis(frames, next);
            if (end > next) {
                next =
                        receiver()
                                .offerAll(
                                        end == frames.size() ? frames : frames.subList(0, end),
                                        next);
                if (next < end) {
                    return next;
                }
            }
            while (next < frames.size() && !frames.get(next).isFor(this)) {
                next++;
            }
        }
        return next;
    }

    private int endOfThoseForThis(List<EncodedFrame> frames, int from) {
        int end = from;
        while (end < frames.size() && frames.get(end).isFor(this)) {
            end++;
        }
        return end;
    }

    @Override
    public void awaitRoom(int bytes, long maxMillis) {
        receiver().awaitRoom(bytes, maxMillis);
    }

    @Override
    public boolean endIfTooSlow(int waitedMillis) {
        return receiver().endIfTooSlow(waitedMillis);
    }

    @Override
    public void whenWritten(Runnable action) {
        receiver().whenWritten(action);
    }

    @Override
    public void goAway() {
        receiver().goAway();
    }

    @Override
    protected void drained() {}
}
