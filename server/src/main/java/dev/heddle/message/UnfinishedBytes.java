package dev.heddle.message;

import dev.heddle.frame.ProtocolViolation;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// The bytes that all unfinished messages of the process hold together, and their bound.
///
/// **Thread-safe.** What is reserved is heap that is really held, not what a peer has claimed to
/// send. A connection that finds no room waits, first come, first served, and its client with it.
/// Meanwhile one that has had time and of which nothing more has arrived is sent away: of the
/// address that holds most, the one that holds most. When there is no such one, all wait for each
/// other half-way. Then one at a time may go over the bound until its message is whole.
///
/// A whole message that waits to be handled moves to an account of its own of the same size. Only
/// when that is full too does it go on counting.
public final class UnfinishedBytes {
    /// How long an unfinished message is left alone, however much it holds.
    private static final long UNFINISHED_GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /// How often the first in line looks for somebody to send away, and how long it waits for room
    /// before it may go over the bound.
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /// How often the others look whether their connection still goes on.
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final long max;

    // Guarded by this.
    private final Set<Share> holders = new HashSet<>();
    private final Queue<Share> waiting = new ArrayDeque<>();
    private @Nullable Share overBound;
    private long unfinished;
    private long leaving;
    private long whole;

    /// The connection that an unfinished message comes over. Any thread may call [#address],
    /// [#hasUnhandled] and [#sendAway], none of which blocks; the others are for the connection's
    /// own.
    public interface Peer {
        /// Where the peer is, as addresses are counted.
        InetAddress address();

        /// Whether bytes of it have arrived that the server still has to handle: nobody has read
        /// them, or its thread is at work on them, or waits for its turn to be.
        boolean hasUnhandled();

        /// Tells the peer to come back later, and ends the reading.
        void sendAway();

        /// Whether the connection is ending, so that waiting is no use.
        boolean isOver();

        /// The server makes the peer wait from now on.
        ///
        /// @return for [#stopsWaiting]
        int startsWaiting();

        /// The server makes the peer wait no longer: that time does not count against it.
        void stopsWaiting(int since);
    }

    /// The bytes that one connection's unfinished message holds.
    public final class Share {
        private final Peer peer;
        private long bytes;
        private long sinceNanos;
        private boolean isSentAway;
        private boolean isWhole;
        private boolean isApart;

        /// The thread that waits with bytes of this message in its buffer, or for a turn.
        private @Nullable Thread waiter;

        private boolean hasBuffered;

        private Share(Peer peer) {
            this.peer = peer;
        }

        /// Reserves bytes; blocks until there is room.
        ///
        /// @param buffered whether bytes of the message have been read that wait for it
        /// @throws ProtocolViolation when the connection is to end instead
        void reserve(int count, boolean buffered) throws ProtocolViolation {
            if (!takeAtOnce(this, count)) {
                int since = peer.startsWaiting();
                try {
                    await(this, count, buffered);
                } finally {
                    peer.stopsWaiting(since);
                }
            }
        }

        /// The message is whole: from now on it waits for the server alone.
        void becomesWhole() {
            settle(this);
        }

        /// Gives back all that is reserved.
        void release() {
            free(this);
        }
    }

    /// @param max how many bytes may be held in all
    public UnfinishedBytes(long max) {
        this.max = max;
    }

    /// The share of this peer's messages, one after the other.
    public Share share(Peer peer) {
        return new Share(peer);
    }

    /// The bytes held now, those of whole messages that are being handled among them.
    public synchronized long held() {
        return unfinished + whole;
    }

    private synchronized boolean takeAtOnce(Share share, int bytes) {
        boolean hasRoom = waiting.isEmpty() && unfinished + bytes <= max;
        boolean takes = !share.isSentAway && (hasRoom || share == overBound);
        if (takes) {
            take(share, bytes);
        }
        return takes;
    }

    private void take(Share share, int bytes) {
        if (share.bytes == 0) {
            share.sinceNanos = System.nanoTime();
            holders.add(share);
        }
        share.bytes += bytes;
        unfinished += bytes;
    }

    private void await(Share share, int bytes, boolean buffered) throws ProtocolViolation {
        long sinceNanos = System.nanoTime();
        joinLine(share, buffered);
        try {
            while (!takeInTurn(share, bytes)) {
                LockSupport.parkNanos(this, makeRoom(share, bytes, sinceNanos));
                if (share.peer.isOver()) {
                    throw ProtocolViolation.NO_ROOM_FOR_MESSAGE;
                }
            }
        } finally {
            leaveLine(share);
        }
    }

    private synchronized void joinLine(Share share, boolean buffered) {
        share.waiter = Thread.currentThread();
        share.hasBuffered = buffered;
        waiting.add(share);
    }

    private synchronized void leaveLine(Share share) {
        share.waiter = null;
        waiting.remove(share);
        wakeFirst();
    }

    private synchronized boolean takeInTurn(Share share, int bytes) {
        if (waiting.peek() != share || share.isSentAway) {
            return false;
        }
        boolean takes = unfinished + bytes <= max || overBound == share;
        if (takes) {
            take(share, bytes);
        }
        return takes;
    }

    /// Makes room for the first in line, if those who are leaving are not enough: sends one away,
    /// or lets it go over the bound when there is nobody to send away.
    ///
    /// @return nanoseconds after which to look again
    private long makeRoom(Share share, int bytes, long sinceNanos) {
        Optional<List<Holder>> stalled = stalled(share, bytes);
        if (stalled.isEmpty()) {
            return PATIENCE_NANOS;
        }
        Optional<Share> one = Holder.biggestSilent(stalled.get());
        if (one.isPresent()) {
            if (leaves(one.get(), bytes)) {
                one.get().peer.sendAway();
            }
            return LOOK_NANOS;
        }
        boolean mayGoOver = System.nanoTime() - sinceNanos > LOOK_NANOS;
        return mayGoOver && goesOverBound(share, bytes) ? 0 : LOOK_NANOS;
    }

    /// Whom the first in line could send away; none when there will be room anyway.
    ///
    /// @return empty if this is not the first in line
    private synchronized Optional<List<Holder>> stalled(Share first, int bytes) {
        if (waiting.peek() != first) {
            return Optional.empty();
        }
        if (unfinished - leaving + bytes <= max) {
            return Optional.of(List.of());
        }
        Map<InetAddress, Long> ofAddresses = new HashMap<>();
        holders.forEach(it -> ofAddresses.merge(it.peer.address(), it.bytes, Long::sum));
        long now = System.nanoTime();
        return Optional.of(
                holders.stream()
                        .filter(it -> mayBeSentAway(it, now))
                        .map(
                                it -> {
                                    long all = ofAddresses.getOrDefault(it.peer.address(), 0L);
                                    return new Holder(it, it.peer, all, it.bytes);
                                })
                        .toList());
    }

    private boolean mayBeSentAway(Share it, long now) {
        boolean hasHadTime = it.bytes > 0 && now - it.sinceNanos > UNFINISHED_GRACE_NANOS;
        boolean awaitsPeer = it.waiter == null || !it.hasBuffered;
        return hasHadTime && awaitsPeer && !it.isWhole && !it.isSentAway;
    }

    /// @return whether it still may be sent away and there still is no room, so that now it leaves
    private synchronized boolean leaves(Share share, int bytes) {
        boolean hasRoom = unfinished - leaving + bytes <= max;
        if (hasRoom || !mayBeSentAway(share, System.nanoTime())) {
            return false;
        }
        share.isSentAway = true;
        leaving += share.bytes;
        if (share.waiter != null) {
            LockSupport.unpark(share.waiter);
        }
        return true;
    }

    private synchronized boolean goesOverBound(Share share, int bytes) {
        boolean goes =
                waiting.peek() == share
                        && overBound == null
                        && leaving == 0
                        && unfinished + bytes > max;
        if (goes) {
            overBound = share;
        }
        return goes;
    }

    private synchronized void settle(Share share) {
        share.isWhole = true;
        if (!share.isApart && share.bytes > 0 && whole + share.bytes <= max) {
            leave(share);
            share.isApart = true;
            whole += share.bytes;
        }
    }

    private synchronized void free(Share share) {
        if (share.isApart) {
            whole -= share.bytes;
        } else if (share.bytes > 0) {
            leave(share);
        }
        share.bytes = 0;
        share.isApart = false;
        share.isWhole = false;
    }

    /// Takes the share out of the unfinished ones.
    private void leave(Share share) {
        holders.remove(share);
        unfinished -= share.bytes;
        if (share.isSentAway) {
            share.isSentAway = false;
            leaving -= share.bytes;
        }
        if (overBound == share) {
            overBound = null;
        }
        wakeFirst();
    }

    private void wakeFirst() {
        Share first = waiting.peek();
        if (first != null && first.waiter != null) {
            LockSupport.unpark(first.waiter);
        }
    }
}
