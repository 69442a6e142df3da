package dev.heddle.hub;

import java.util.concurrent.CountDownLatch;

/// A command to the hub's loop.
sealed interface Command {

    /// The bytes that the command adds to the queue's bound.
    default int bytes() {
        return 0;
    }

    /// Whether who brings it waits while the queue is full.
    default boolean mayWait() {
        return true;
    }

    record Subscribe(Subscribers to, Subscriber subscriber) implements Command {}

    record Unsubscribe(Subscribers from, Subscriber subscriber) implements Command {
        @Override
        public boolean mayWait() {
            return false;
        }
    }

    /// Something to distribute.
    ///
    /// @param bytes of the fact, and of what its publisher has rendered; the hub's loop may add to
    ///   that
    /// @param nanos when it was published, by [System#nanoTime]
    record Publish(Subscribers to, Rendering fact, int bytes, boolean mayWait, long nanos)
            implements Command {
        Publish(Subscribers to, Rendering fact, boolean mayWait) {
            this(to, fact, fact.bytes(), mayWait, System.nanoTime());
        }
    }

    /// Ends every subscription after all that was published before.
    record Drain(CountDownLatch done) implements Command {}
}
