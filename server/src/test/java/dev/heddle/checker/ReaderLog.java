package dev.heddle.checker;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What one reader has got from one channel, in the order of its coming. Eight bytes for each
/// publication, as long as the server does what it must.
///
/// **Not thread-safe** but for [#offset]: the reader writes it, and when the reader has ended the
/// verdict is made from it.
final class ReaderLog {
    private final String reader;
    private final String channel;
    private final List<Run> runs = new ArrayList<>();
    private volatile long offset;

    /// Messages whose offsets follow each other, the first after `start`.
    static final class Run {
        private final boolean declared;
        private final String epoch;
        private final long start;
        private long[] messages = new long[16];
        private int count;

        private Run(boolean declared, String epoch, long start) {
            this.declared = declared;
            this.epoch = epoch;
            this.start = start;
        }

        /// Whether the server has said that it begins here: to a reader that is new, or that could
        /// not recover.
        boolean declared() {
            return declared;
        }

        String epoch() {
            return epoch;
        }

        /// The offset before the first message.
        long start() {
            return start;
        }

        /// The offset of the last message.
        long end() {
            return start + count;
        }

        long message(long offset) {
            return messages[Math.toIntExact(offset - start - 1)];
        }

        private void add(long message) {
            if (count == messages.length) {
                messages = Arrays.copyOf(messages, count + (count >> 1));
            }
            messages[count++] = message;
        }
    }

    ReaderLog(String reader, String channel) {
        this.reader = reader;
        this.channel = channel;
    }

    /// The server has said that the log begins here, or begins anew.
    void begin(Position position) {
        add(new Run(true, position.epoch(), position.offset()));
    }

    /// A message has come.
    void get(Position position, long message) {
        Run last = runs.getLast();
        if (!last.epoch.equals(position.epoch()) || position.offset() != last.end() + 1) {
            last = new Run(false, position.epoch(), position.offset() - 1);
            add(last);
        }
        last.add(message);
        offset = last.end();
    }

    /// The server has said that this is the position after all that has come.
    void confirm(Position position) {
        if (!position.equals(position())) {
            add(new Run(false, position.epoch(), position.offset()));
        }
    }

    boolean isEmpty() {
        return runs.isEmpty();
    }

    /// Where the log has come to; it must have begun.
    Position position() {
        Run last = runs.getLast();
        return new Position(last.epoch, last.end());
    }

    /// The offset of the last message. **Thread-safe.**
    long offset() {
        return offset;
    }

    String reader() {
        return reader;
    }

    String channel() {
        return channel;
    }

    List<Run> runs() {
        return runs;
    }

    private void add(Run run) {
        runs.add(run);
        offset = run.end();
    }
}
