package dev.heddle.deflate;

import java.util.concurrent.atomic.AtomicLong;

/// The bytes that the windows of all clients hold together, and their bound. **Thread-safe.**
final class WindowBytes {
    private final long max;
    private final AtomicLong held = new AtomicLong();

    WindowBytes(long max) {
        this.max = max;
    }

    long held() {
        return held.get();
    }

    boolean isFull() {
        return held.get() >= max;
    }

    /// Takes room for more.
    ///
    /// @return whether there was room
    boolean reserve(int bytes) {
        boolean hasRoom = held.addAndGet(bytes) <= max || bytes == 0;
        if (!hasRoom) {
            held.addAndGet(-bytes);
        }
        return hasRoom;
    }

    void release(int bytes) {
        held.addAndGet(-bytes);
    }
}
