package dev.heddle.net;

import dev.heddle.config.Limits;
import dev.heddle.telemetry.Addresses;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// How many connections there are, in all and per address, and whether one more is accepted and let
/// in.
///
/// **Thread-safe**; but one thread alone, the acceptor's, may [#enter] connections. Addresses are
/// counted only when there is a bound for them, IPv6 ones by their network of 64 bits. A connection
/// that is refused lives on for a moment, to be told so; it takes nobody's place meanwhile.
public final class Admission {
    /// The decision about a new connection.
    enum Decision {
        ADMITTED,
        SERVER_FULL,
        ADDRESS_FULL,
        /// Too many are being refused already: not even told so.
        TURNED_AWAY
    }

    /// Refused connections that may be told so at a time.
    private static final int MAX_REFUSED = 256;

    /// How long there is hurry after all was in use: longer than it takes to look at everybody.
    private static final long HURRY_NANOS = 5_000_000_000L;

    private final int maxConnections;
    private final int maxPerAddress;
    private final int maxDescriptors;
    private final Handshakes handshakes;

    /// When somebody last had to wait or was refused because all is in use.
    private volatile long lastFullNanos = System.nanoTime() - HURRY_NANOS;

    private volatile String lastLack = "connections are in use";

    private final Map<InetAddress, Integer> perAddress = new ConcurrentHashMap<>();
    private final AtomicInteger admitted = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    /// @param limits the bounds, 0 for none
    /// @param maxDescriptors connections, the refused among them, that there are descriptors for
    public Admission(Limits limits, int maxDescriptors) {
        Limits.ConnectionBounds bounds = limits.connections();
        this.maxConnections = bounds.max() == 0 ? Integer.MAX_VALUE : bounds.max();
        this.maxPerAddress = bounds.maxPerAddress();
        this.maxDescriptors = maxDescriptors;
        this.handshakes = new Handshakes(bounds.maxHandshakes());
    }

    /// Why nothing should be accepted now, or `null` when nothing speaks against it.
    @Nullable AcceptPause pause() {
        if (handshakes.areFull()) {
            return handshakes.mostlyAwaited();
        }
        if (handshakes.awaitTooManyHeads()) {
            return AcceptPause.HEADS;
        }
        if (connections() < maxDescriptors) {
            return null;
        }
        lastFullNanos = System.nanoTime();
        return AcceptPause.DESCRIPTORS;
    }

    /// The resource that is missing for one more connection, in a fixed text. It is still named
    /// some seconds after there is some again, so that two callers do not get different answers in
    /// turn.
    public Optional<String> lack() {
        String what = isUsedUp();
        if (what != null) {
            lastLack = what;
            lastFullNanos = System.nanoTime();
        }
        return System.nanoTime() - lastFullNanos < HURRY_NANOS
                ? Optional.of(lastLack)
                : Optional.empty();
    }

    /// Whether all that there is for connections is in use now.
    public boolean isFull() {
        return isUsedUp() != null;
    }

    private @Nullable String isUsedUp() {
        return connections() >= maxDescriptors
                ? "all file descriptors for connections are in use"
                : admitted.get() >= maxConnections ? "limits.connections are in use" : null;
    }

    /// Whether clients have less time for their request heads, because connections that say nothing
    /// may keep others out.
    boolean hurriesHeads() {
        return isFull() || System.nanoTime() - lastFullNanos < HURRY_NANOS;
    }

    /// The opening handshakes that are under way.
    Handshakes handshakes() {
        return handshakes;
    }

    /// Counts a new connection, which [#release] takes off again whatever the decision. **One
    /// thread alone.**
    Decision enter(InetAddress address) {
        if (!takePlace(address)) {
            return refuse(Decision.ADDRESS_FULL);
        }
        Decision decision = enterOfProxy();
        if (decision != Decision.ADMITTED) {
            leavePlace(address);
        }
        return decision;
    }

    /// Counts a new connection of a proxy, which is to say who its client is. **One thread alone.**
    Decision enterOfProxy() {
        if (admitted.get() >= maxConnections) {
            lastFullNanos = System.nanoTime();
            return refuse(Decision.SERVER_FULL);
        }
        admitted.incrementAndGet();
        return Decision.ADMITTED;
    }

    /// Counts an admitted connection of a proxy for its client's address too. Any thread.
    Decision enterFor(InetAddress address) {
        if (takePlace(address)) {
            return Decision.ADMITTED;
        }
        Decision decision = refuse(Decision.ADDRESS_FULL);
        admitted.decrementAndGet();
        return decision;
    }

    private Decision refuse(Decision why) {
        return refused.getAndIncrement() >= MAX_REFUSED ? Decision.TURNED_AWAY : why;
    }

    /// @return whether there was one
    private boolean takePlace(InetAddress address) {
        if (maxPerAddress == 0) {
            return true;
        }
        boolean[] isTaken = new boolean[1];
        perAddress.compute(
                Addresses.network(address),
                (_, before) -> {
                    int count = before == null ? 0 : before;
                    isTaken[0] = count < maxPerAddress;
                    return isTaken[0] ? Integer.valueOf(count + 1) : before;
                });
        return isTaken[0];
    }

    /// Gives back the place of an admitted connection among those of its address, and none else.
    void leavePlace(InetAddress address) {
        if (maxPerAddress > 0) {
            perAddress.computeIfPresent(
                    Addresses.network(address), (_, count) -> count == 1 ? null : count - 1);
        }
    }

    /// Takes an ended connection off, once it has left its place among those of its address.
    ///
    /// @param decision what was said last
    void release(Decision decision) {
        if (decision == Decision.ADMITTED) {
            admitted.decrementAndGet();
        } else {
            refused.decrementAndGet();
        }
        if (connections() == 0) {
            synchronized (this) {
                notifyAll();
            }
        }
    }

    /// Waits until no connection is left, at most for the given time. Nothing may enter meanwhile.
    public synchronized void awaitNone(Duration bound) throws InterruptedException {
        long end = System.nanoTime() + bound.toNanos();
        long left = bound.toMillis();
        while (connections() > 0 && left > 0) {
            wait(left);
            left = (end - System.nanoTime()) / 1_000_000;
        }
    }

    /// How many connections are open, the refused among them.
    public int connections() {
        return admitted.get() + refused.get();
    }
}
