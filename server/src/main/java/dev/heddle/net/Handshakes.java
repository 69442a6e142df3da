package dev.heddle.net;

import java.util.concurrent.atomic.AtomicInteger;

/// The opening handshakes that are under way, by whom they wait for. **Thread-safe.**
///
/// Those that wait for the server are strictly bounded: their threads have not had their first
/// turn, their TLS is being computed, or the hub has not taken them yet. No client can prolong
/// that. Those that wait for their clients count only while they are young, so that nobody keeps
/// others out by being silent.
final class Handshakes {
    private final int bound;

    /// How many of those that await their heads are old. The acceptor's thread's alone.
    private int oldHeads;

    private final AtomicInteger withoutTurn = new AtomicInteger();
    private final AtomicInteger computing = new AtomicInteger();
    private final AtomicInteger opening = new AtomicInteger();
    private final AtomicInteger awaitingHead = new AtomicInteger();

    /// @param bound how many may wait for the server, and how many young ones for their clients
    Handshakes(int bound) {
        this.bound = bound;
    }

    /// A connection's thread is started.
    void started() {
        withoutTurn.incrementAndGet();
    }

    /// A started thread has its first turn, or will never have one.
    void hasTurn() {
        withoutTurn.decrementAndGet();
    }

    /// A connection's thread is about to wait for a request head.
    void awaitsHead() {
        awaitingHead.incrementAndGet();
    }

    /// A connection's thread waits for a request head no longer.
    void hasHead() {
        awaitingHead.decrementAndGet();
    }

    /// A TLS handshake is about to wait for a processor, and then to compute.
    void computes() {
        computing.incrementAndGet();
    }

    /// A TLS handshake has computed.
    void hasComputed() {
        computing.decrementAndGet();
    }

    /// A session is about to open, which waits for the hub.
    void opens() {
        opening.incrementAndGet();
    }

    /// A session has opened, or has failed to.
    void hasOpened() {
        opening.decrementAndGet();
    }

    /// Whether no more handshakes fit, because the server is behind.
    boolean areFull() {
        return withoutTurn.get() + computing.get() + opening.get() >= bound;
    }

    /// The reason for which most of the waiting handshakes wait for the server.
    AcceptPause mostlyAwaited() {
        int most = Math.max(withoutTurn.get(), Math.max(computing.get(), opening.get()));
        if (withoutTurn.get() == most) {
            return AcceptPause.SCHEDULER;
        }
        return computing.get() == most ? AcceptPause.TLS : AcceptPause.HUB;
    }

    /// Whether too many young handshakes wait for their clients. **The acceptor's thread alone.**
    boolean awaitTooManyHeads() {
        int awaited = awaitingHead.get();
        oldHeads = Math.min(oldHeads, awaited);
        return awaited - oldHeads >= bound;
    }

    /// Counts the handshakes that wait for their clients now as old, so that they keep nobody out.
    /// **The acceptor's thread alone.**
    void countAwaitedAsOld() {
        oldHeads = awaitingHead.get();
    }
}
