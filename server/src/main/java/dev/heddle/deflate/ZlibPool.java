package dev.heddle.deflate;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// A server's deflaters and inflaters, whose memory is not on the heap.
///
/// **Thread-safe, never blocks** for longer than moments. A caller gives back exactly once what it
/// has taken. The pool bounds what it keeps, not what it lends: nothing waits while it deflates, so
/// no more deflaters are lent than there are carriers, and inflaters count as unfinished messages.
public final class ZlibPool implements AutoCloseable {
    /// About what an inflater holds.
    public static final int INFLATER_BYTES = 40 << 10;

    /// The memory of a deflater.
    private static final int DEFLATER_BYTES = 268_359;

    private static final int KEPT = Math.max(8, 2 * Runtime.getRuntime().availableProcessors());

    private final Shelf<Deflater> deflaters;
    private final Shelf<Inflater> inflaters;

    /// The deflaters or the inflaters.
    private static final class Shelf<T> {
        private final BlockingQueue<T> idle = new ArrayBlockingQueue<>(KEPT);
        private final LongAdder alive = new LongAdder();
        private final LongAdder lent = new LongAdder();
        private final Supplier<T> maker;
        private final Consumer<T> end;
        private volatile boolean isClosed;

        Shelf(Supplier<T> maker, Consumer<T> end) {
            this.maker = maker;
            this.end = end;
        }

        T take() {
            T one = idle.poll();
            if (one == null) {
                one = maker.get();
                alive.increment();
            }
            lent.increment();
            return one;
        }

        void giveBack(T one) {
            lent.decrement();
            if (isClosed || !idle.offer(one)) {
                end(one);
            }
        }

        void close() {
            isClosed = true;
            T one;
            while ((one = idle.poll()) != null) {
                end(one);
            }
        }

        private void end(T one) {
            end.accept(one);
            alive.decrement();
        }
    }

    /// @param level how hard deflaters compress, 1 to 9
    ZlibPool(int level) {
        this.deflaters = new Shelf<>(() -> new Deflater(level, true), Deflater::end);
        this.inflaters = new Shelf<>(() -> new Inflater(true), Inflater::end);
    }

    Deflater takeDeflater() {
        return deflaters.take();
    }

    void giveBack(Deflater deflater) {
        deflater.reset();
        deflaters.giveBack(deflater);
    }

    /// Lends an inflater of data without a header, which has inflated nothing.
    public Inflater takeInflater() {
        return inflaters.take();
    }

    /// Takes back what [#takeInflater] lent.
    public void giveBack(Inflater inflater) {
        inflater.reset();
        inflaters.giveBack(inflater);
    }

    /// How many are lent now.
    public int lent() {
        return deflaters.lent.intValue() + inflaters.lent.intValue();
    }

    /// About how many bytes all of them hold outside the heap.
    public long nativeBytes() {
        return deflaters.alive.sum() * DEFLATER_BYTES + inflaters.alive.sum() * INFLATER_BYTES;
    }

    /// Ends those that are not lent, and later the others.
    @Override
    public void close() {
        deflaters.close();
        inflaters.close();
    }
}
