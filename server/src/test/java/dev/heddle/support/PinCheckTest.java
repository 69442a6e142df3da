package dev.heddle.support;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

class PinCheckTest {

    /// What waits while its class is made has a frame of the JVM on its stack, with which it cannot
    /// leave its carrier.
    private static final class Planted {
        static final int WOKEN = waits();

        private static int waits() {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            return 1;
        }
    }

    @Test
    void aThreadThatHoldsItsCarrierIsSeen() throws InterruptedException {
        AssertionError failure;
        try (PinCheck.Watch watch = new PinCheck.Watch(pin -> pin.contains(PinCheck.PLANTED))) {
            Thread.startVirtualThread(() -> assertEquals(1, Planted.WOKEN)).join();
            await().until(watch::sees);
            failure = assertThrows(AssertionError.class, watch::require);
        }
        assertTrue(String.valueOf(failure.getMessage()).contains("waits"), failure::getMessage);
    }
}
