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

    /// Who waits until so many data frames are written.
    private record Waiter(int messages, Runnable action) {}

    private final OutboxContext.Bounds bounds;
    private final ArrayDeque<EncodedFrame> data;
    private @Nullable ArrayDeque<EncodedFrame> control;
    private @Nullable EncodedFrame closeFrame;
    private @Nullable List<Waiter> waiters;
    private @Nullable ArrayDeque<EncodedFrame> replies;
    private int dataBytes;
    private int replyBytes;
    private int addedMessages;
    private int takenInAll;
    private int takenMessages;

    /// @param expected how many data frames are about to be added
    FrameQueue(OutboxContext.Bounds bounds, int expected) {
        this.bounds = bounds;
        this.data = new ArrayDeque<>(Math.min(expected, bounds.maxMessages()));
    }

    /// Whether a data frame of this length fits the bounds; any fits when no other waits.
    boolean hasRoom(int bytes) {
        return data.isEmpty() || data.size() < bounds.maxMessages() && fits(dataBytes, bytes);
    }

    /// The same for what others have published, behind a long reply, which does not count: the
    /// client cannot take anything else meanwhile, so there is room for as many bytes as at any
    /// other time, in however many messages.
    boolean hasRoomBehindReply(int bytes) {
        boolean isAlone = data.size() == (replies == null ? 0 : replies.size());
        return isAlone || fits(dataBytes - replyBytes, bytes);
    }

    private boolean fits(int waiting, int bytes) {
        return waiting <= bounds.maxBytes() - bytes;
    }

    void addReply(EncodedFrame frame) {
        if (replies == null) {
            replies = new ArrayDeque<>(2);
        }
        replies.add(frame);
        replyBytes += frame.length();
        addData(frame);
    }

    void addData(EncodedFrame frame) {
        data.add(frame);
        addedMessages++;
        dataBytes += frame.length();
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
                if (replies != null && replies.peek() == frame) {
                    replies.remove();
                    replyBytes -= frame.length();
                }
                takenMessages++;
                takenInAll++;
                return frame;
            }
            frame = closeFrame;
            closeFrame = null;
        }
        return frame;
    }

    /// Takes frames and copies them behind the first `length` bytes of the buffer while they fit.
    ///
    /// @return how many bytes of the buffer are then used
    int gather(byte[] buffer, int length) {
        int used = length;
        EncodedFrame next;
        while ((next = peek()) != null && next.length() <= buffer.length - used) {
            next.copyTo(buffer, used);
            used += next.length();
            take();
        }
        return used;
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
        waiters.add(new Waiter(addedMessages, action));
    }

    /// The actions whose data frames have been taken, and are kept no more.
    List<Runnable> takeDue() {
        List<Waiter> all = waiters;
        if (all == null || all.getFirst().messages > takenInAll) {
            return List.of();
        }
        List<Runnable> due = new ArrayList<>(all.size());
        while (!all.isEmpty() && all.getFirst().messages <= takenInAll) {
            due.add(all.removeFirst().action);
        }
        if (all.isEmpty()) {
            waiters = null;
        }
        return due;
    }

    /// How many data frames were taken since the last call.
    int resetTakenMessages() {
        int taken = takenMessages;
        takenMessages = 0;
        return taken;
    }

    /// The next frame to write, or `null` when none waits.
    @Nullable EncodedFrame peek() {
        if (control != null && !control.isEmpty()) {
            return control.peek();
        }
        return data.isEmpty() ? closeFrame : data.peek();
    }
}
