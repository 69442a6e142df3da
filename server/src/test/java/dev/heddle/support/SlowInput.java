package dev.heddle.support;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// What lets through so many bytes a second, whatever comes. **Not thread-safe.**
public final class SlowInput extends FilterInputStream {
    /// How much the kernel may keep of what was not let through yet. It is to be set before the
    /// socket is connected.
    public static final int RECEIVE_BUFFER = 16 << 10;

    private static final int STEP = 2 << 10;
    private static final long MOST_LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final long nanosEach;
    private long nextNanos = System.nanoTime();

    public SlowInput(InputStream in, int bytesPerSecond) {
        super(in);
        this.nanosEach = TimeUnit.SECONDS.toNanos(1) / bytesPerSecond;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        long wait = nextNanos - System.nanoTime();
        while (wait > 0) {
            LockSupport.parkNanos(wait);
            wait = nextNanos - System.nanoTime();
        }
        int count = in.read(into, offset, Math.min(length, STEP));
        nextNanos = Math.max(nextNanos, System.nanoTime() - MOST_LATE_NANOS) + count * nanosEach;
        return count;
    }
}
