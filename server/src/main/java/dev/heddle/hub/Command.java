package dev.heddle.hub;

import dev.heddle.frame.EncodedFrame;

import java.util.concurrent.CountDownLatch;

/// What the hub's loop is told to do.
sealed interface Command {

    /// What the command adds to the queue's bound in bytes.
    default int bytes() {
        return 0;
    }

    /// Whether who brings it waits while the queue is full.
    default boolean mayWait() {
        return true;
    }

    record Subscribe(Fanout to, Subscriber subscriber) implements Command {}

    record Unsubscribe(Fanout from, Subscriber subscriber) implements Command {
        @Override
        public boolean mayWait() {
            return false;
        }
    }

    /// Something to distribute.
    ///
    /// @param nanos when it was published, by [System#nanoTime]
    record Publish(Fanout to, EncodedFrame frame, boolean mayWait, long nanos) implements Command {
        Publish(Fanout to, EncodedFrame frame, boolean mayWait) {
            this(to, frame, mayWait, System.nanoTime());
        }

        @Override
        public int bytes() {
            return frame.length();
        }
    }

    /// Ends every subscription after all that was published before.
    record Drain(CountDownLatch done) implements Command {}
}
