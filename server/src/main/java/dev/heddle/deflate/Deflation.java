package dev.heddle.deflate;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.stream.IntStream;

/// Compression on one server: what it agrees to, and what all of its connections share.
///
/// **Thread-safe, never blocks.**
public final class Deflation implements AutoCloseable {
    private final ZlibPool pool;
    private final Compression[] compressions;
    private final WindowBytes windows;

    /// @param level how hard messages are compressed, 1 to 9
    /// @param minBytes shorter messages are not compressed
    /// @param maxWindowBytes what may be kept of what clients have sent, for all of them together
    public Deflation(int level, int minBytes, long maxWindowBytes) {
        this.pool = new ZlibPool(level);
        this.compressions =
                IntStream.rangeClosed(Agreement.MIN_BITS, Agreement.MAX_BITS)
                        .mapToObj(bits -> new Compression(pool, minBytes, bits))
                        .toArray(Compression[]::new);
        this.windows = new WindowBytes(maxWindowBytes);
    }

    /// The first of a client's offers that can be accepted; none while there is no room for what
    /// would have to be kept.
    ///
    /// @param offers value of the request's `Sec-WebSocket-Extensions`; `null` if it has none
    public Optional<Offer> accept(@Nullable String offers) {
        return offers == null || windows.isFull()
                ? Optional.empty()
                : Offer.firstAcceptable(offers);
    }

    /// The compression for clients of an agreement: the same for all whose windows are as large.
    public Compression compression(Agreement agreement) {
        return compressions[agreement.serverWindowBits() - Agreement.MIN_BITS];
    }

    /// The window with which a client of an agreement begins: an empty one.
    public Window window(Agreement agreement) {
        return Window.empty(pool, windows, agreement);
    }

    /// The deflaters and inflaters.
    public ZlibPool pool() {
        return pool;
    }

    /// How many bytes are kept of what clients have sent.
    public long windowBytes() {
        return windows.held();
    }

    /// Lets go of what is not on the heap.
    @Override
    public void close() {
        pool.close();
    }
}
