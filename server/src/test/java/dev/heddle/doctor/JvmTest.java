package dev.heddle.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/// The tests' own Java has some of the options.
class JvmTest {
    @Test
    void tellsWhichOptionsAreInForce() {
        Jvm jvm = Jvm.ofThisProcess();
        assertFalse(jvm.missing().contains("-XX:+UseCompactObjectHeaders"), jvm::toString);
        assertTrue(jvm.missing().contains("-XX:MinHeapFreeRatio=5"), jvm::toString);
        assertTrue(jvm.wanted() > jvm.missing().size(), jvm::toString);
        assertFalse(jvm.isTuned(), jvm::toString);
        assertEquals(Runtime.getRuntime().maxMemory(), jvm.maxHeapBytes());
    }
}
