package dev.heddle.channel;

import dev.heddle.frame.EncodedFrame;
import dev.heddle.hub.Receiver;
import dev.heddle.hub.SelectiveSubscriber;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// A subscription: one connection's to one channel, from which position on.
///
/// It begins held back: what is published meanwhile waits in it. Its owner reads the channel's
/// history, tells the client, and then calls [#begin] with the position that the client knows; from
/// then on the client gets what comes after that position. What is in the history and waits here
/// too is passed over: so nothing is missing and nothing comes twice, whatever happens between.
///
/// **Thread-safe.** One lock guards all of it, which the hub's loop takes for each batch.
public final class Subscription extends SelectiveSubscriber {
    /// How much may wait while it is held back.
    private static final int MAX_HELD_BYTES = 256 << 10;

    private final Channel channel;
    private final Party party;
    private volatile Identity identity;

    // Guarded by this.
    private @Nullable List<EncodedFrame> held = new ArrayList<>(0);
    private int heldBytes;
    private boolean hasOverflowed;
    private long position;
    private boolean hasEnded;

    Subscription(Channel channel, Party party, Identity identity) {
        this.channel = channel;
        this.party = party;
        this.identity = identity;
    }

    @Override
    protected Receiver receiver() {
        return party;
    }

    /// The channel's name.
    public String name() {
        return channel.name();
    }

    Channel channel() {
        return channel;
    }

    /// The connection.
    public Party party() {
        return party;
    }

    /// Whose subscription it is.
    public Identity identity() {
        return identity;
    }

    /// Says anew what others may know of the same user.
    public void identify(Identity renewed) {
        identity = renewed;
    }

    /// Whether the client has yet to get the publication of that offset by this subscription. Asked
    /// by the hub's loop, within [#offerAll].
    @SuppressWarnings("GuardedBy") // the lock is held, see offerAll and begin
    boolean isBehind(long offset) {
        return offset > position;
    }

    /// Lets the client have what comes after a position that it was told. Blocks until what was
    /// held back is handed on, or the client is gone. Not for the hub's loop.
    ///
    /// @return whether the subscription goes on: not when too much was published meanwhile
    public boolean begin(long from) {
        synchronized (this) {
            position = from;
        }
        EncodedFrame next;
        while ((next = release()) != null) {
            party.awaitRoom(next.length(), Long.MAX_VALUE);
        }
        return isWhole();
    }

    /// @return the first frame for which there was no room; `null` if there is nothing to wait for
    private synchronized @Nullable EncodedFrame release() {
        List<EncodedFrame> waiting = held;
        if (waiting == null || !party.isTaking()) {
            held = null;
            return null;
        }
        int next = super.offerAll(waiting, 0);
        if (next == waiting.size()) {
            held = null;
            return null;
        }
        List<EncodedFrame> handedOn = waiting.subList(0, next);
        heldBytes -= handedOn.stream().mapToInt(EncodedFrame::length).sum();
        handedOn.clear();
        return waiting.getFirst();
    }

    private synchronized boolean isWhole() {
        return !hasOverflowed;
    }

    @Override
    public synchronized int offerAll(List<EncodedFrame> frames, int from) {
        if (hasEnded) {
            return frames.size();
        }
        List<EncodedFrame> waiting = held;
        return waiting == null ? super.offerAll(frames, from) : hold(frames, from, waiting);
    }

    /// Takes all there is, but ends when it is too much: so the hub never waits for who has yet to
    /// begin.
    private int hold(List<EncodedFrame> frames, int from, List<EncodedFrame> waiting) {
        for (EncodedFrame frame : frames.subList(from, frames.size())) {
            waiting.add(frame);
            heldBytes += frame.length();
        }
        if (heldBytes > MAX_HELD_BYTES) {
            hasOverflowed = true;
            end();
        }
        return frames.size();
    }

    /// The client gets nothing more by this subscription, not even what the hub is about to offer.
    synchronized void end() {
        hasEnded = true;
        held = null;
    }
}
