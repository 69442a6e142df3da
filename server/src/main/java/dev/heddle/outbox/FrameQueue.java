package dev.heddle.outbox;

import dev.heddle.frame.EncodedFrame;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// The frames that wait in an outbox, in the order in which they are written: control frames, data
/// frames, the Close frame. Exists only while something waits. **Not thread-safe:** its outbox
/// guards it.
final class FrameQueue {
    /// Control frames that wait at most; a newer pong then replaces the last, as RFC 6455, section
    /// 5.5.3 allows.
    private static final int MAX_CONTROL_FRAMES = 16;

    /// The memory of the place of a message that waits beyond the bounds.
    private static final long PLACE_BYTES = 8;

    /// An action for when so many data frames are written.
    private record Waiter(int messages, Runnable action) {}

    /// The data frames that are the connection's own replies, some of them long.
    private static final class Replies {
        private final ArrayDeque<EncodedFrame> waiting = new ArrayDeque<>(2);
        private int bytes;
        private boolean hasLong;

        private void taken(EncodedFrame frame) {
            if (waiting.peek() == frame) {
                waiting.remove();
                bytes -= frame.length();
            }
        }
    }

    private final OutboxContext.Bounds bounds;
    private final ArrayDeque<EncodedFrame> data;
    private @Nullable ArrayDeque<EncodedFrame> control;
    private @Nullable EncodedFrame closeFrame;
    private @Nullable List<Waiter> waiters;
    private @Nullable Replies replies;
    private int dataBytes;
    private int takenMessages;
    private @Nullable Stall stall;

    /// @param expected how many data frames are about to be added
    FrameQueue(OutboxContext.Bounds bounds, int expected) {
        this.bounds = bounds;
        this.data = new ArrayDeque<>(Math.min(expected, bounds.maxMessages()));
    }

    /// Whether a data frame of this length fits the bounds; any fits when no other waits.
    boolean hasRoom(int bytes) {
        return data.isEmpty() || data.size() < bounds.maxMessages() && fits(dataBytes, bytes);
    }

    /// The same for what others have published. A long reply does not count: the client cannot take
    /// anything else meanwhile, so behind it there is room for as many bytes as at any other time,
    /// in however many messages. Behind a full outbox that is set aside, there is once more.
    boolean hasRoomToOffer(int bytes) {
        return hasRoomWithinBounds(bytes) || isAside() && hasRoomInTail(bytes);
    }

    private boolean hasRoomWithinBounds(int bytes) {
        if (replies == null || !replies.hasLong) {
            return hasRoom(bytes);
        }
        boolean isAlone = data.size() == replies.waiting.size();
        return isAlone || fits(dataBytes - replies.bytes, bytes);
    }

    private boolean hasRoomInTail(int bytes) {
        long others = (long) dataBytes - (replies == null ? 0 : replies.bytes);
        return !stall().isOver(bounds.slowConsumerMillis())
                && others + data.size() * PLACE_BYTES <= 2L * bounds.maxBytes() - bytes;
    }

    private boolean fits(int waiting, int bytes) {
        return waiting <= bounds.maxBytes() - bytes;
    }

    /// A long reply is about to be added or written.
    void noteLongReply() {
        replies().hasLong = true;
    }

    void addReply(EncodedFrame frame) {
        Replies mine = replies();
        mine.waiting.add(frame);
        mine.bytes += frame.length();
        addData(frame);
    }

    private Replies replies() {
        if (replies == null) {
            replies = new Replies();
        }
        return replies;
    }

    void addData(EncodedFrame frame) {
        data.add(frame);
        dataBytes += frame.length();
        bounds.all().add(frame);
    }

    void addControl(EncodedFrame frame) {
        if (control == null) {
            control = new ArrayDeque<>(2);
        } else if (control.size() == MAX_CONTROL_FRAMES) {
            control.removeLast();
        }
        control.add(frame);
    }

    /// Sets what is written last.
    void addClose(EncodedFrame frame) {
        closeFrame = frame;
    }

    /// Takes the next control frame, or `null` when none waits. A Close frame is none here: it
    /// comes last.
    @Nullable EncodedFrame takeControl() {
        return control == null ? null : control.poll();
    }

    /// Takes the next frame to write, or `null` when none waits.
    @Nullable EncodedFrame take() {
        EncodedFrame frame = takeControl();
        if (frame == null) {
            frame = data.poll();
            if (frame != null) {
                dataBytes -= frame.length();
                bounds.all().remove(frame);
                if (replies != null) {
                    replies.taken(frame);
                }
                takenMessages++;
                return frame;
            }
            frame = closeFrame;
            closeFrame = null;
        }
        return frame;
    }

    /// Whether the next frame is better written by itself than gathered: no other waits, or it is
    /// too long for a buffer of this length. Also when none waits.
    boolean isNextAlone(int bufferBytes) {
        EncodedFrame next = peek();
        int controls = control == null ? 0 : control.size();
        int all = controls + data.size() + (closeFrame == null ? 0 : 1);
        return next == null || all == 1 || next.length() >= bufferBytes;
    }

    /// Takes frames and copies them into the buffer while they fit.
    ///
    /// @return how many bytes of the buffer are then used, `most` at most
    int gather(byte[] buffer, int most) {
        int used = 0;
        EncodedFrame next;
        while ((next = peek()) != null && next.length() <= most - used) {
            next.copyTo(buffer, used);
            used += next.length();
            take();
        }
        return used;
    }

    /// Counts no more what will not be written.
    static void discard(@Nullable FrameQueue queue) {
        if (queue != null) {
            queue.data.forEach(queue.bounds.all()::remove);
        }
    }

    /// How many bytes of data frames this peer answers for.
    int heldBytes() {
        return data.stream().mapToInt(QueuedBytes::part).sum();
    }

    /// Bytes of data frames that wait.
    int bytes() {
        return dataBytes;
    }

    /// Keeps an action for when the data frames that wait now are written.
    void addWaiter(Runnable action) {
        if (waiters == null) {
            waiters = new ArrayList<>(2);
        }
        waiters.add(new Waiter(takenMessages + data.size(), action));
    }

    /// The actions whose data frames have been taken, and are kept no more.
    List<Runnable> takeDue() {
        List<Waiter> all = waiters;
        if (all == null || all.getFirst().messages > takenMessages) {
            return List.of();
        }
        List<Runnable> due = new ArrayList<>(all.size());
        while (!all.isEmpty() && all.getFirst().messages <= takenMessages) {
            due.add(all.removeFirst().action);
        }
        if (all.isEmpty()) {
            waiters = null;
        }
        return due;
    }

    /// Data frames that have been taken.
    int takenMessages() {
        return takenMessages;
    }

    /// The account of a peer that is behind.
    Stall stall() {
        if (stall == null) {
            stall = new Stall();
        }
        return stall;
    }

    /// Whether this takes more than it has room for.
    boolean isAside() {
        return stall != null && stall.isAside();
    }

    /// Looks at a peer that was set aside: whether it still is, or has caught up.
    ///
    /// @param bytes the length of the frame that it needs room for
    boolean isStillAside(int bytes) {
        if (isAside() && hasRoomWithinBounds(bytes)) {
            stall().end();
        }
        return isAside();
    }

    /// The next frame to write, or `null` when none waits.
    @Nullable EncodedFrame peek() {
        if (control != null && !control.isEmpty()) {
            return control.peek();
        }
        return data.isEmpty() ? closeFrame : data.peek();
    }
}
