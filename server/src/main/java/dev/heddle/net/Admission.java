package dev.heddle.net;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/// How many connections there are, in all and per address, and whether one more is let in.
///
/// **Thread-safe.** Addresses are counted only when there is a bound for them. A connection that is
/// refused lives on for a moment, to be told so; it takes nobody's place meanwhile.
public final class Admission {
    /// What becomes of a new connection.
    enum Decision {
        ADMITTED,
        SERVER_FULL,
        ADDRESS_FULL
    }

    private final int maxConnections;
    private final int maxPerAddress;

    // Guarded by this.
    private final Map<InetAddress, Integer> perAddress = new HashMap<>();
    private int connections;
    private int admitted;

    /// @param maxConnections connections in all, 0 for no bound
    /// @param maxPerAddress connections from one address, 0 for no bound
    public Admission(int maxConnections, int maxPerAddress) {
        this.maxConnections = maxConnections;
        this.maxPerAddress = maxPerAddress;
    }

    /// Counts a new connection, which [#release] takes off again whatever the decision.
    synchronized Decision enter(InetAddress address) {
        connections++;
        if (maxPerAddress > 0 && perAddress.getOrDefault(address, 0) >= maxPerAddress) {
            return Decision.ADDRESS_FULL;
        }
        if (maxConnections > 0 && admitted >= maxConnections) {
            return Decision.SERVER_FULL;
        }
        admitted++;
        if (maxPerAddress > 0) {
            perAddress.merge(address, 1, Integer::sum);
        }
        return Decision.ADMITTED;
    }

    /// Takes an ended connection off.
    ///
    /// @param decision what [#enter] said
    synchronized void release(InetAddress address, Decision decision) {
        connections--;
        if (decision != Decision.ADMITTED) {
            return;
        }
        admitted--;
        if (maxPerAddress > 0) {
            perAddress.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
        }
    }

    /// How many connections are open, the refused among them.
    public synchronized int connections() {
        return connections;
    }
}
