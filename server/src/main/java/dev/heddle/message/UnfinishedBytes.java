package dev.heddle.message;

import java.util.concurrent.atomic.AtomicLong;

/// The bytes that all unfinished messages of the process hold together, and their bound.
///
/// **Thread-safe, never blocks.** What is reserved is heap that is really held, not what a peer has
/// claimed to send.
public final class UnfinishedBytes {
    private final long max;
    private final AtomicLong held = new AtomicLong();

    /// @param max how many bytes may be held in all
    public UnfinishedBytes(long max) {
        this.max = max;
    }

    /// Reserves bytes, or none at all.
    ///
    /// @return whether there was room
    boolean reserve(int bytes) {
        if (held.addAndGet(bytes) > max) {
            held.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    /// Gives back what [#reserve] reserved.
    void release(int bytes) {
        held.addAndGet(-bytes);
    }

    /// The bytes held now.
    public long held() {
        return held.get();
    }
}
