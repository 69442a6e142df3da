package dev.heddle.broker;

import java.util.Collection;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentSkipListSet;

/// The nodes that did not answer while a thread did something, whoever has asked them for it.
/// **Thread-safe.**
public final class SilentNodes {
    private static final ScopedValue<SortedSet<String>> SEEN = ScopedValue.newInstance();

    private SilentNodes() {}

    /// Does something, and adds to a set the nodes that have not answered meanwhile.
    ///
    /// @param seen gets their names
    public static <T, X extends Throwable> T during(
            SortedSet<String> seen, ScopedValue.CallableOp<? extends T, X> action) throws X {
        return ScopedValue.where(SEEN, seen).call(action);
    }

    /// An empty set for [#during].
    public static SortedSet<String> newSet() {
        return new ConcurrentSkipListSet<>();
    }

    /// Adds the nodes that have not answered to what this thread does.
    public static void add(Collection<String> nodes) {
        if (SEEN.isBound()) {
            SEEN.get().addAll(nodes);
        }
    }
}
