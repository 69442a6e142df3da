package dev.heddle.support;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.ThrowingSupplier;

import java.lang.foreign.Arena;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

class PinCheckTest {
    private static final String PLANTED = PlantedPin.class.getName();

    private final AtomicInteger pins = new AtomicInteger();

    private final PinCheck.Watch watch =
            new PinCheck.Watch(
                    place -> {
                        boolean isPlanted = place.contains(PLANTED);
                        if (isPlanted) {
                            pins.incrementAndGet();
                        }
                        return isPlanted;
                    });

    @Test
    void threadsThatHoldTheirCarriersTwiceAtOnePlaceAreSeen() throws InterruptedException {
        pin();
        pin();
        await().until(() -> pins.get() == 2);
        AssertionError failure = assertThrows(AssertionError.class, watch::close);
        String message = String.valueOf(failure.getMessage());
        assertTrue(message.contains(PLANTED + ".waits"), message);
    }

    @Test
    void onceIsLetBe() throws InterruptedException {
        pin();
        await().until(() -> pins.get() == 1);
        watch.close();
    }

    @Test
    void theInitializationOfClassesIsLetBe() throws InterruptedException {
        inAVirtualThread(() -> PlantedPin.OfAClass.WOKEN);
        inAVirtualThread(() -> PlantedPin.OfAnotherClass.WOKEN);
        await().until(() -> pins.get() == 2);
        watch.close();
    }

    private static void pin() throws InterruptedException {
        inAVirtualThread(
                () -> {
                    try (Arena arena = Arena.ofConfined()) {
                        PlantedPin.wait(arena);
                    }
                    return 1;
                });
    }

    private static void inAVirtualThread(ThrowingSupplier<Integer> work)
            throws InterruptedException {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread thread =
                Thread.startVirtualThread(
                        () -> {
                            try {
                                work.get();
                            } catch (Throwable failed) {
                                failure.set(failed);
                            }
                        });
        thread.join();
        assertEquals(null, failure.get());
    }
}
