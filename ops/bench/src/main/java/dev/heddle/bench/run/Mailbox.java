package dev.heddle.bench.run;

import org.jspecify.annotations.Nullable;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Messages for a worker. **Thread-safe.**
final class Mailbox {
    private final Queue<Message> messages = new ConcurrentLinkedQueue<>();
    private volatile Runnable wakeUp = () -> {};

    /// Calls this whenever a message has come.
    void onArrival(Runnable called) {
        wakeUp = called;
    }

    void add(Message message) {
        messages.add(message);
        wakeUp.run();
    }

    /// The next message; null when there is none. Never blocks.
    @Nullable Message poll() {
        return messages.poll();
    }
}
