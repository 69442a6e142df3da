package dev.heddle.broker.memory;

import dev.heddle.broker.History;
import dev.heddle.broker.Message;
import dev.heddle.broker.Position;
import dev.heddle.broker.Publication;
import dev.heddle.broker.Range;
import dev.heddle.config.ChannelRule;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// The log of one channel. All of it but [#order] is guarded by the broker.
final class Log {
    private static final int OVERHEAD = 400;

    /// Held while a publication is appended and handed to the listener, so that the order of one is
    /// the order of the other. Fair: publishers take turns.
    final ReentrantLock order = new ReentrantLock(true);

    private final String channel;
    private final ChannelRule rule;
    private final String epoch;
    private final ArrayDeque<Kept> history = new ArrayDeque<>(0);
    private long offset;
    private int bytes;

    /// How many have attached the channel.
    int attached;

    /// How many publish in it just now.
    int publishing;

    /// The time of the log's last use.
    long usedNanos;

    /// A publication in the history.
    static final class Kept {
        private final Log log;
        private final Publication publication;
        private final long nanoTime;
        private boolean isDropped;

        private Kept(Log log, Publication publication, long nanoTime) {
            this.log = log;
            this.publication = publication;
            this.nanoTime = nanoTime;
        }

        Log log() {
            return log;
        }

        boolean isDropped() {
            return isDropped;
        }

        int bytes() {
            return publication.message().bytes();
        }
    }

    Log(String channel, ChannelRule rule, String epoch) {
        this.channel = channel;
        this.rule = rule;
        this.epoch = epoch;
    }

    String channel() {
        return channel;
    }

    /// About what it takes without its history, in bytes.
    int ownBytes() {
        return OVERHEAD + channel.length();
    }

    /// Whether somebody is attached or publishing, or something is in the history.
    boolean isInUse() {
        return attached > 0 || publishing > 0 || !history.isEmpty();
    }

    Position position() {
        return new Position(epoch, offset);
    }

    /// Gives a message its place.
    Publication append(Message message) {
        return new Publication(++offset, message);
    }

    /// Keeps a publication, the newest.
    Kept keep(Publication publication, long nanoTime) {
        Kept kept = new Kept(this, publication, nanoTime);
        history.add(kept);
        bytes += kept.bytes();
        return kept;
    }

    /// Drops the oldest one, of which there must be one.
    ///
    /// @return the bytes that are free then
    int dropOldest() {
        Kept oldest = history.remove();
        oldest.isDropped = true;
        bytes -= oldest.bytes();
        return oldest.bytes();
    }

    /// Whether the rule says that the oldest one is not kept any more.
    boolean hasTooMuch(long nanoTime) {
        Kept oldest = history.peek();
        return oldest != null
                && (history.size() > rule.history()
                        || bytes > rule.maxHistoryBytes()
                        || nanoTime - oldest.nanoTime >= rule.historyTtl().toNanos());
    }

    History read(Range range) {
        return switch (range) {
            case Range.After(Position since, int limit) -> after(since, limit);
            case Range.Newest(int limit) -> new History(position(), newest(limit), true);
        };
    }

    private History after(Position since, int limit) {
        Kept oldest = history.peek();
        long reach = oldest == null ? offset : oldest.publication.offset() - 1;
        if (!since.epoch().equals(epoch) || since.offset() < reach || since.offset() > offset) {
            return new History(position(), List.of(), false);
        }
        List<Publication> missed = newest(Math.toIntExact(offset - since.offset()));
        return new History(position(), missed.subList(0, Math.min(limit, missed.size())), true);
    }

    private List<Publication> newest(int limit) {
        List<Publication> newest = new ArrayList<>(Math.min(limit, history.size()));
        Iterator<Kept> backwards = history.descendingIterator();
        while (newest.size() < limit && backwards.hasNext()) {
            newest.add(backwards.next().publication);
        }
        return newest.reversed();
    }
}
