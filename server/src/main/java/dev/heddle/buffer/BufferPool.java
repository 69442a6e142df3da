package dev.heddle.buffer;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/// A bounded pool of byte arrays of one size.
///
/// **Thread-safe, never blocks.** Who borrows a buffer owns it until giving it back, exactly once;
/// its content is whatever the last owner left there. When the pool is empty a new array is made,
/// when it is full a returned one is left to the garbage collector: the pool bounds what is kept,
/// not what is lent.
public final class BufferPool {
    private static final int PROBES = 8;

    private final int bufferBytes;
    private final int mask;
    private final AtomicReferenceArray<byte @Nullable []> kept;
    private final LongAdder leased = new LongAdder();

    /// @param bufferBytes the size of each buffer, in bytes
    /// @param maxKept how many idle buffers are kept at most, rounded up to a power of two
    public BufferPool(int bufferBytes, int maxKept) {
        if (bufferBytes < 1 || maxKept < 1) {
            throw new IllegalArgumentException("a pool needs a buffer size and a bound");
        }
        int slots = maxKept == 1 ? 1 : Integer.highestOneBit(maxKept - 1) << 1;
        this.bufferBytes = bufferBytes;
        this.mask = slots - 1;
        this.kept = new AtomicReferenceArray<>(slots);
    }

    /// Lends a buffer; the caller owns it until [#giveBack].
    public byte[] borrow() {
        leased.increment();
        int start = firstSlot();
        for (int i = 0; i < PROBES; i++) {
            int slot = (start + i) & mask;
            if (kept.getPlain(slot) != null) {
                byte[] buffer = kept.getAndSet(slot, null);
                if (buffer != null) {
                    return buffer;
                }
            }
        }
        return new byte[bufferBytes];
    }

    /// Takes back a buffer that [#borrow] lent. The caller must not touch it afterwards.
    public void giveBack(byte[] buffer) {
        if (buffer.length != bufferBytes) {
            throw new IllegalArgumentException("not a buffer of this pool");
        }
        leased.decrement();
        int start = firstSlot();
        for (int i = 0; i < PROBES; i++) {
            int slot = (start + i) & mask;
            if (kept.getPlain(slot) == null && kept.compareAndSet(slot, null, buffer)) {
                return;
            }
        }
    }

    /// The size of each buffer, in bytes.
    public int bufferBytes() {
        return bufferBytes;
    }

    /// How many buffers are lent now; exact only while nobody borrows or gives back.
    public int leased() {
        return leased.intValue();
    }

    /// Spreads threads over the slots, so that two of them seldom meet on one cache line.
    private int firstSlot() {
        long id = Thread.currentThread().threadId();
        return (int) (id * 0x9E3779B97F4A7C15L >>> 40) & mask;
    }
}
