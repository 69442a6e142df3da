package dev.heddle.net;

import java.net.InetAddress;
import java.time.Duration;
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
        ADDRESS_FULL,
        /// Too many are being refused already: not even told so.
        TURNED_AWAY
    }

    /// Refused connections that may be told so at a time.
    private static final int MAX_REFUSED = 256;

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
        boolean addressIsFull =
                maxPerAddress > 0 && perAddress.getOrDefault(address, 0) >= maxPerAddress;
        boolean serverIsFull = maxConnections > 0 && admitted >= maxConnections;
        if (addressIsFull || serverIsFull) {
            return connections - admitted > MAX_REFUSED
                    ? Decision.TURNED_AWAY
                    : addressIsFull ? Decision.ADDRESS_FULL : Decision.SERVER_FULL;
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
        if (connections == 0) {
            notifyAll();
        }
        if (decision != Decision.ADMITTED) {
            return;
        }
        admitted--;
        if (maxPerAddress > 0) {
            perAddress.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
        }
    }

    /// Waits until no connection is left, at most for the given time.
    public synchronized void awaitNone(Duration bound) throws InterruptedException {
        long end = System.nanoTime() + bound.toNanos();
        long left = bound.toMillis();
        while (connections > 0 && left > 0) {
            wait(left);
            left = (end - System.nanoTime()) / 1_000_000;
        }
    }

    /// How many connections are open, the refused among them.
    public synchronized int connections() {
        return connections;
    }
}
