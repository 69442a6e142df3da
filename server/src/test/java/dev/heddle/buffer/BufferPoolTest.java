package dev.heddle.buffer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

class BufferPoolTest {

    @Test
    void lendsAReturnedBufferAgain() {
        BufferPool pool = new BufferPool(100, 4);
        byte[] buffer = pool.borrow();
        assertEquals(100, buffer.length);
        pool.giveBack(buffer);
        assertSame(buffer, pool.borrow());
    }

    @Test
    void neverLendsABufferTwiceAtOnce() {
        BufferPool pool = new BufferPool(1, 8);
        for (int round = 0; round < 3; round++) {
            Set<byte[]> lent = Collections.newSetFromMap(new IdentityHashMap<>());
            for (int i = 0; i < 50; i++) {
                assertTrue(lent.add(pool.borrow()));
            }
            lent.forEach(pool::giveBack);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 4", "5, 8", "8, 8"})
    void keepsNoMoreThanItsBound(int maxKept, int kept) {
        BufferPool pool = new BufferPool(1, maxKept);
        Set<byte[]> first = borrow(pool, 50);
        first.forEach(pool::giveBack);
        Set<byte[]> again = borrow(pool, 50);
        again.retainAll(first);
        assertTrue(again.size() <= kept, again.size() + " were kept");
        assertFalse(again.isEmpty());
    }

    @Test
    void countsWhatIsLent() {
        BufferPool pool = new BufferPool(1, 2);
        Set<byte[]> lent = borrow(pool, 5);
        assertEquals(5, pool.leased());
        lent.forEach(pool::giveBack);
        assertEquals(0, pool.leased());
    }

    @Test
    void refusesABufferOfAnotherSize() {
        BufferPool pool = new BufferPool(10, 2);
        assertThrows(IllegalArgumentException.class, () -> pool.giveBack(new byte[11]));
        assertEquals(0, pool.leased());
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 0", "-1, 1", "1, -1"})
    void needsASizeAndABound(int bufferBytes, int maxKept) {
        assertThrows(IllegalArgumentException.class, () -> new BufferPool(bufferBytes, maxKept));
    }

    @Test
    void aBufferHasOneOwnerThoughManyThreadsBorrow() throws Exception {
        BufferPool pool = new BufferPool(1, 4);
        List<Future<?>> users = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (byte i = 0; i < 8; i++) {
                byte mark = i;
                users.add(threads.submit(() -> use(pool, mark)));
            }
        }
        for (Future<?> user : users) {
            user.get();
        }
        assertEquals(0, pool.leased());
    }

    /// Puts a mark of its own on each buffer, which nobody else may change meanwhile.
    private static void use(BufferPool pool, byte mark) {
        for (int i = 0; i < 20_000; i++) {
            byte[] buffer = pool.borrow();
            buffer[0] = mark;
            Thread.onSpinWait();
            assertEquals(mark, buffer[0], "somebody else has it too");
            pool.giveBack(buffer);
        }
    }

    private static Set<byte[]> borrow(BufferPool pool, int count) {
        Set<byte[]> lent = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < count; i++) {
            lent.add(pool.borrow());
        }
        return lent;
    }
}
