package dev.heddle.support;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PinPlacesTest {
    private static final String WHY = "LockSupport.park, Native frame on stack";
    private static final String PLACE = "java.lang.Object.wait:1 < dev.heddle.a.Lock.take:12";

    private final PinPlaces places = new PinPlaces();

    @Test
    void onePlaceIsOnePlaceWhoeverCallsIt() {
        assertFalse(places.isSecond(WHY, PLACE + " < dev.heddle.b.One.call:3"));
        assertTrue(places.isSecond(WHY, PLACE + " < dev.heddle.b.Other.call:4"));
    }

    @Test
    void anotherLineOrAnotherReasonIsAnother() {
        assertFalse(places.isSecond(WHY, PLACE));
        assertFalse(places.isSecond(WHY, PLACE + "3"));
        assertFalse(places.isSecond("Object.wait, VM call", PLACE));
    }

    @Test
    void whereNoneOfOursIsSeenTheFramesAreThePlace() {
        assertFalse(places.isSecond(WHY, "java.util.A.b:1 < java.util.C.d:2"));
        assertFalse(places.isSecond(WHY, "java.util.A.b:1 < java.util.E.f:3"));
        assertTrue(places.isSecond(WHY, "java.util.A.b:1 < java.util.C.d:2"));
    }
}
