package dev.heddle.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A stream that is closed when nothing has come for a while, because its other end may be gone
/// without a word. Whoever waits for bytes then gets an [IOException]. **For one thread.**
final class Unsilent extends FilterInputStream {
    private final long silenceNanos;

    /// @param in which is closed with this
    Unsilent(InputStream in, Duration silence) {
        super(in);
        this.silenceNanos = silence.toNanos();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        var hasCome = new CompletableFuture<Boolean>();
        var _ =
                hasCome.completeOnTimeout(false, silenceNanos, TimeUnit.NANOSECONDS)
                        .thenAccept(isThere -> giveUp(!isThere));
        try {
            return super.read(bytes, offset, length);
        } finally {
            hasCome.complete(true);
        }
    }

    private void giveUp(boolean isSilent) {
        if (isSilent) {
            try {
                in.close();
            } catch (IOException broken) {
                throw new UncheckedIOException(broken); // It is closed, which is all that counts.
            }
        }
    }
}
