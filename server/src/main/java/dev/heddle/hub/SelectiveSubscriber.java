package dev.heddle.hub;

import dev.heddle.frame.EncodedFrame;

import java.util.List;

/// A subscriber that hands on to a client the facts that it wants, and passes over the rest. A
/// client may have several, of fan-outs of different hubs: so none ends its connection when its hub
/// has drained.
public abstract class SelectiveSubscriber extends Subscriber {
    /// The client.
    protected abstract Receiver receiver();

    @Override
    protected abstract Form form();

    /// Whether the client gets this fact, if its form renders it.
    protected abstract boolean wants(Fact fact);

    /// Whether the client gets the fact at that place.
    protected final boolean wants(Batch facts, List<EncodedFrame> frames, int place) {
        return frames.get(place) != null && wants(facts.fact(place));
    }

    @Override
    public int offer(Batch facts, int from) {
        List<EncodedFrame> frames = facts.frames(form());
        int next = from;
        while (next < frames.size()) {
            int end = endOfWanted(facts, frames, next);
            if (end > next) {
                next = offerAll(end == frames.size() ? frames : frames.subList(0, end), next);
                if (next < end) {
                    return next;
                }
            }
            while (next < frames.size() && !wants(facts, frames, next)) {
                next++;
            }
        }
        return next;
    }

    private int endOfWanted(Batch facts, List<EncodedFrame> frames, int from) {
        int end = from;
        while (end < facts.size() && wants(facts, frames, end)) {
            end++;
        }
        return end;
    }

    @Override
    public int offerAll(List<EncodedFrame> frames, int from) {
        return receiver().offerAll(frames, from);
    }

    @Override
    public void awaitRoom(int bytes, long maxMillis) {
        receiver().awaitRoom(bytes, maxMillis);
    }

    @Override
    public Lag lag() {
        return receiver().lag();
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
