package dev.heddle.channel;

import dev.heddle.frame.EncodedFrame;
import dev.heddle.hub.Batch;
import dev.heddle.hub.Fact;
import dev.heddle.hub.Form;
import dev.heddle.hub.Receiver;
import dev.heddle.hub.SelectiveSubscriber;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// A subscription: one connection's to one channel, from which position on.
///
/// It begins held back: what is published meanwhile waits in it. Its owner reads the channel's
/// history, tells the client, and then calls [#begin] with the position that the client knows; from
/// then on the client gets the publications after that position. Those that are in the history and
/// wait here too are passed over: so nothing is missing and nothing comes twice, whatever happens
/// between.
///
/// **Thread-safe.** One lock guards all of it, which the hub's loop takes for each batch.
public final class Subscription extends SelectiveSubscriber {
    /// How much may wait while it is held back.
    private static final int MAX_HELD_BYTES = 256 << 10;

    private final Channel channel;
    private final Party party;
    private volatile Identity identity;
    private volatile long position;

    // Guarded by this.
    private @Nullable Batch held = new Batch();
    private int heldBytes;
    private boolean hasOverflowed;
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

    @Override
    protected Form form() {
        return party.channelForm();
    }

    /// Whether the client has yet to get a publication by this subscription, or is told of another
    /// user.
    @Override
    protected boolean wants(Fact fact) {
        return switch (fact) {
            case Fact.Published published -> published.publication().offset() > position;
            case Fact.Joined(_, String user, _) -> !user.equals(identity.user());
            case Fact.Left(_, String user, _) -> !user.equals(identity.user());
            case Fact.Raw _, Fact.Entered _, Fact.Exited _, Fact.Sent _ -> false;
        };
    }

    /// Lets the client have what comes after a position that it was told. Blocks until what was
    /// held back is handed on, or the client is gone. Not for the hub's loop.
    ///
    /// @return whether the subscription goes on: not when too much was published meanwhile
    public boolean begin(long from) {
        position = from;
        EncodedFrame next;
        while ((next = release()) != null) {
            party.awaitRoom(next.length(), Long.MAX_VALUE);
        }
        return isWhole();
    }

    /// @return the first frame for which there was no room; `null` if there is nothing to wait for
    private synchronized @Nullable EncodedFrame release() {
        Batch waiting = held;
        if (waiting == null || !party.isTaking()) {
            held = null;
            return null;
        }
        int next = super.offer(waiting, 0);
        if (next == waiting.size()) {
            held = null;
            return null;
        }
        List<EncodedFrame> frames = waiting.frames(form());
        heldBytes -= frames.subList(0, next).stream().mapToInt(EncodedFrame::length).sum();
        EncodedFrame missing = frames.get(next);
        waiting.removeFirst(next);
        return missing;
    }

    private synchronized boolean isWhole() {
        return !hasOverflowed;
    }

    @Override
    public synchronized int offer(Batch facts, int from) {
        if (hasEnded) {
            return facts.size();
        }
        Batch waiting = held;
        return waiting == null ? super.offer(facts, from) : hold(facts, from, waiting);
    }

    /// Takes all facts there are, but ends when they are too many: so the hub never waits for a
    /// subscription that has yet to begin.
    private int hold(Batch facts, int from, Batch waiting) {
        List<EncodedFrame> frames = facts.frames(form());
        for (int i = from; i < facts.size(); i++) {
            if (wants(facts, frames, i)) {
                waiting.add(facts.fact(i), form(), frames.get(i));
                heldBytes += frames.get(i).length();
            }
        }
        if (heldBytes > MAX_HELD_BYTES) {
            hasOverflowed = true;
            end();
        }
        return facts.size();
    }

    /// The client gets nothing more by this subscription, not even what the hub is about to offer.
    synchronized void end() {
        hasEnded = true;
        held = null;
    }
}
