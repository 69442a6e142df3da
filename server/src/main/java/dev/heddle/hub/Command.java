package dev.heddle.hub;

import dev.heddle.frame.EncodedFrame;

import java.util.concurrent.CountDownLatch;

/// What the hub's loop is told to do.
sealed interface Command {

    /// What the command adds to the queue's bound in bytes.
    default int bytes() {
        return 0;
    }

    record Subscribe(Subscriber subscriber) implements Command {}

    record Unsubscribe(Subscriber subscriber) implements Command {}

    record Publish(EncodedFrame frame) implements Command {
        @Override
        public int bytes() {
            return frame.length();
        }
    }

    /// Ends every subscription after all that was published before.
    record Drain(CountDownLatch done) implements Command {}
}
