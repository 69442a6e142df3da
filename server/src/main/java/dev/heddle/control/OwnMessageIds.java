package dev.heddle.control;

import dev.heddle.broker.MessageIds;
import dev.heddle.broker.RecentIds;

import java.util.Optional;
import java.util.function.LongSupplier;

/// The ids of the messages that this node sent. It forgets as [RecentIds] does. **Thread-safe.**
public final class OwnMessageIds implements MessageIds {
    private final RecentIds<State> states;

    /// The state of one id.
    private static final class State {
        private final Claim claim;
        private volatile boolean isSent;

        private State(Claim claim) {
            this.claim = claim;
        }
    }

    /// @param max how many are remembered
    public OwnMessageIds(int max) {
        this(max, System::nanoTime);
    }

    OwnMessageIds(int max, LongSupplier nanoTime) {
        this.states = new RecentIds<>(max, nanoTime);
    }

    @Override
    public Optional<Known> claim(String id, Claim claim) {
        return Optional.ofNullable(states.putIfAbsent(id, new State(claim)))
                .map(state -> new Known(state.claim.content(), state.isSent));
    }

    @Override
    public void confirm(String id, Claim claim) {
        State state = states.find(id);
        if (state != null && state.claim.equals(claim)) {
            state.isSent = true;
        }
    }

    @Override
    public void release(String id, Claim claim) {
        State state = states.find(id);
        if (state != null && state.claim.equals(claim)) {
            states.remove(id, state); // not a later one, if this one is forgotten
        }
    }
}
