package dev.heddle.net;

import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// How many connections there are, in all and per address, and whether one more is let in.
///
/// **Thread-safe, never blocks.** Addresses are counted only when there is a bound for them.
public final class Admission {
    /// What becomes of a new connection.
    enum Decision {
        ADMITTED,
        SERVER_FULL,
        ADDRESS_FULL
    }

    private final int maxConnections;
    private final int maxPerAddress;
    private final AtomicInteger connections = new AtomicInteger();
    private final Map<InetAddress, Integer> perAddress = new ConcurrentHashMap<>();

    /// @param maxConnections connections in all, 0 for no bound
    /// @param maxPerAddress connections from one address, 0 for no bound
    public Admission(int maxConnections, int maxPerAddress) {
        this.maxConnections = maxConnections;
        this.maxPerAddress = maxPerAddress;
    }

    /// Counts a new connection, which [#release] takes off again whatever the decision.
    Decision enter(InetAddress address) {
        int all = connections.incrementAndGet();
        if (maxPerAddress > 0 && perAddress.merge(address, 1, Integer::sum) > maxPerAddress) {
            return Decision.ADDRESS_FULL;
        }
        return maxConnections > 0 && all > maxConnections
                ? Decision.SERVER_FULL
                : Decision.ADMITTED;
    }

    /// Takes an ended connection off.
    void release(InetAddress address) {
        connections.decrementAndGet();
        if (maxPerAddress > 0) {
            perAddress.computeIfPresent(address, (a, count) -> count == 1 ? null : count - 1);
        }
    }

    /// How many connections are open.
    public int connections() {
        return connections.get();
    }
}
