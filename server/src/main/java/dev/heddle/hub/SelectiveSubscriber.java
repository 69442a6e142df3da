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

    /// Whether the client gets this fact. Only a fact that its form renders.
    protected abstract boolean wants(Fact fact);

    @Override
    public int offer(Batch facts, int from) {
        List<EncodedFrame> frames = facts.frames(form());
        int next = from;
        while (next < frames.size()) {
            int end = endOfWanted(facts, next);
            if (end > next) {
                next = offerAll(end == frames.size() ? frames : frames.subList(0, end), next);
                if (next < end) {
                    return next;
                }
            }
            while (next < frames.size() && !wants(facts.fact(next))) {
                next++;
            }
        }
        return next;
    }

    private int endOfWanted(Batch facts, int from) {
        int end = from;
        while (end < facts.size() && wants(facts.fact(end))) {
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
