package dev.heddle.broker.redis;

import dev.heddle.broker.BrokerUnavailable;
import dev.heddle.broker.History;
import dev.heddle.broker.Position;
import dev.heddle.broker.Publication;
import dev.heddle.broker.Range;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayDeque;

/// One channel that somebody on this node is attached to: how far its publications are handed on,
/// and what was said of the next ones.
///
/// Publications that arrive wait here for a virtual thread that hands them on. The thread exists
/// only while there is something to do. Publications that do not fit, or were missed, are read from
/// the log.
///
/// **Thread-safe.**
final class Attachment {
    /// The largest inbox; further publications are read from the log later.
    private static final int MAX_BYTES = 1 << 20;

    /// Publications that are read at once.
    private static final int PORTION = 256;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final String channel;
    private final Logs logs;
    private final Handover handover;

    /// How many have attached the channel. Guarded by [Attachments].
    int holders;

    // Guarded by this.
    private final ArrayDeque<Said> inbox = new ArrayDeque<>();
    private int bytes;
    private boolean mustRead;
    private boolean isRunning;
    private boolean isClosed;
    private @Nullable Position delivered;

    Attachment(String channel, Logs logs, Handover handover) {
        this.channel = channel;
        this.logs = logs;
        this.handover = handover;
    }

    String channel() {
        return channel;
    }

    /// Tells that this node hears the channel from now on; earlier publications are read.
    synchronized void readOn() {
        mustRead = true;
        run();
    }

    /// Something was published.
    synchronized void arrived(Said said) {
        if (isClosed) {
            return;
        }
        if (bytes + said.bytes() <= MAX_BYTES && handover.reserve(said.bytes())) {
            inbox.add(said);
            bytes += said.bytes();
        } else {
            clear();
            mustRead = true;
        }
        run();
    }

    private void clear() {
        inbox.clear();
        handover.release(bytes);
        bytes = 0;
    }

    private void run() {
        if (!isRunning && !isClosed) {
            isRunning = true;
            Thread.ofVirtual().name("heddle-channel").start(this::handOn);
        }
    }

    /// Nobody is attached any more.
    synchronized void close() {
        isClosed = true;
        clear();
        notifyAll();
    }

    /// Waits until this node hears the channel, and knows from where on, at most for this time.
    ///
    /// @return whether it does
    synchronized boolean awaitHeard(Duration timeout) {
        return await(0, timeout);
    }

    /// Waits until a publication is handed on, at most for this time.
    synchronized void awaitDelivered(Position position, Duration timeout) {
        Position last = delivered;
        if (last != null && last.epoch().equals(position.epoch())) {
            await(position.offset(), timeout);
        }
    }

    /// @return whether everything up to an offset, of whatever epoch, is handed on
    private boolean await(long offset, Duration timeout) {
        long end = System.nanoTime() + timeout.toNanos();
        try {
            while (!isClosed && (delivered == null || delivered.offset() < offset)) {
                long leftMillis = (end - System.nanoTime()) / 1_000_000;
                if (leftMillis <= 0) {
                    return false;
                }
                wait(leftMillis);
            }
            return true;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void handOn() {
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                Said said = next();
                if (said == null) {
                    return;
                }
                handOn(said);
                pause = FIRST_PAUSE;
            } catch (BrokerUnavailable gone) {
                readLater(pause);
                pause = pause.multipliedBy(2);
                pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
            } catch (RuntimeException | Error bug) {
                handover.counters().bug(bug);
            }
        }
    }

    /// @return what is to be handed on next; `null` if there is nothing, and this thread ends
    private @Nullable Said next() {
        while (true) {
            synchronized (this) {
                if (isClosed || !mustRead && inbox.isEmpty()) {
                    isRunning = false;
                    return null;
                }
                if (!mustRead) {
                    Said said = inbox.remove();
                    bytes -= said.bytes();
                    handover.release(said.bytes());
                    return said;
                }
                mustRead = false;
            }
            catchUp();
        }
    }

    private void readLater(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException stopped) {
            close();
        }
        synchronized (this) {
            mustRead = true;
        }
    }

    private synchronized boolean isClosed() {
        return isClosed;
    }

    private synchronized @Nullable Position delivered() {
        return delivered;
    }

    private synchronized void delivered(Position position) {
        delivered = position;
        notifyAll();
    }

    private void handOn(Said said) {
        Position last = delivered();
        if (last == null) {
            return; // comes with what is read first
        }
        long offset = said.publication().offset();
        boolean isSameLog = last.epoch().equals(said.epoch());
        if (isSameLog && offset <= last.offset()) {
            return; // was read
        }
        if (isSameLog && offset == last.offset() + 1) {
            deliver(said.epoch(), said.publication());
        } else {
            handover.counters().engine.gaps.increment();
            catchUp();
        }
    }

    /// Reads what comes after what is handed on.
    private void catchUp() {
        Position last = delivered();
        if (last == null) {
            Position first = logs.readInTurn(channel, new Range.Newest(0)).position();
            handover.begun(channel);
            delivered(first);
            return;
        }
        History missed;
        do {
            missed = logs.readInTurn(channel, new Range.After(last, PORTION));
            if (isClosed()) {
                return;
            }
            if (!missed.isWhole()) {
                handover.lost(channel);
                delivered(missed.position());
                return;
            }
            for (Publication publication : missed.publications()) {
                if (isClosed()) {
                    return; // another one may have begun
                }
                deliver(last.epoch(), publication);
                handover.counters().engine.filled.increment();
                last = new Position(last.epoch(), publication.offset());
            }
        } while (missed.hasMore());
    }

    private void deliver(String epoch, Publication publication) {
        handover.published(channel, epoch, publication);
        delivered(new Position(epoch, publication.offset()));
    }
}
