package dev.heddle.net;

import java.util.concurrent.atomic.AtomicInteger;

/// The opening handshakes that are under way, by whom they wait for. **Thread-safe.**
///
/// Those that wait for the server are strictly bounded: their threads have not had their first
/// turn, or the hub has not taken them yet. No client can prolong that. Those that wait for their
/// clients count only while they are young, so that nobody keeps others out by being silent.
final class Handshakes {
    private final int bound;

    /// How many of those that await their heads are old. The acceptor's thread's alone.
    private int oldHeads;

    private final AtomicInteger withoutTurn = new AtomicInteger();
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

    /// It has its first turn, or will never have one.
    void hasTurn() {
        withoutTurn.decrementAndGet();
    }

    /// Its thread is about to wait for a request head.
    void awaitsHead() {
        awaitingHead.incrementAndGet();
    }

    /// It waits no more.
    void hasHead() {
        awaitingHead.decrementAndGet();
    }

    /// Its session is about to open, which waits for the hub.
    void opens() {
        opening.incrementAndGet();
    }

    /// The session is open, or failed to.
    void hasOpened() {
        opening.decrementAndGet();
    }

    /// Whether no more fit: because the scheduler lags, or because the hub does.
    boolean areFull() {
        return withoutTurn.get() + opening.get() >= bound;
    }

    /// Whether most of those that wait for the server wait for their first turn.
    boolean mostHaveNoTurn() {
        return withoutTurn.get() >= opening.get();
    }

    /// Whether too many young ones wait for their clients. **The acceptor's thread alone.**
    boolean awaitTooManyHeads() {
        int awaited = awaitingHead.get();
        oldHeads = Math.min(oldHeads, awaited);
        return awaited - oldHeads >= bound;
    }

    /// Those that are under way count as old from now on. **The acceptor's thread alone.**
    void grewOld() {
        oldHeads = awaitingHead.get();
    }
}
