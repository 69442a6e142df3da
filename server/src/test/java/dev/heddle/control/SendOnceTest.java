package dev.heddle.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.heddle.user.Message;

import org.junit.jupiter.api.Test;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

class SendOnceTest {
    private static final Message MESSAGE = new Message("1", "a", "text");

    private final SendOnce sending = new SendOnce(new OwnMessageIds(10));
    private final AtomicInteger sent = new AtomicInteger();

    private BooleanSupplier send(boolean isTaken) {
        return () -> {
            sent.incrementAndGet();
            return isTaken;
        };
    }

    private SendOutcome once(boolean isTaken) {
        return once(MESSAGE, "room 101", isTaken);
    }

    private SendOutcome once(Message message, String to, boolean isTaken) {
        return sending.once(message, to, send(isTaken));
    }

    @Test
    void anIdIsSentOnce() {
        assertEquals(SendOutcome.SENT, once(true));
        assertEquals(SendOutcome.DUPLICATE, once(true));
        assertEquals(1, sent.get());
    }

    @Test
    void anIdIsRefusedForAnotherTextSenderOrReceiver() {
        assertEquals(SendOutcome.SENT, once(true));
        assertEquals(SendOutcome.ID_TAKEN, once(new Message("1", "a", "other"), "room 101", true));
        assertEquals(SendOutcome.ID_TAKEN, once(new Message("1", "atext", ""), "room 101", true));
        assertEquals(SendOutcome.ID_TAKEN, once(MESSAGE, "room 102", true));
        assertEquals(SendOutcome.DUPLICATE, once(true));
        assertEquals(1, sent.get());
    }

    @Test
    void anIdOfWhatNobodyTookIsFreeForAnything() {
        assertEquals(SendOutcome.NOT_TAKEN, once(false));
        assertEquals(SendOutcome.SENT, once(new Message("1", "a", "other"), "room 101", true));
    }

    @Test
    void withoutAnIdItIsSentEachTime() {
        Message message = new Message("", "a", "text");
        assertEquals(SendOutcome.SENT, once(message, "room 101", true));
        assertEquals(SendOutcome.SENT, once(message, "room 101", true));
        assertEquals(SendOutcome.SENT, sending.atMostOnce(message, "room 101", send(true)));
        assertEquals(SendOutcome.NOT_TAKEN, sending.atMostOnce(message, "room 101", send(false)));
        assertEquals(4, sent.get());
    }

    @Test
    void whatNobodyTookMayBeTriedAgain() {
        assertEquals(SendOutcome.NOT_TAKEN, once(false));
        assertEquals(SendOutcome.SENT, once(true));
    }

    @Test
    void whatThrewMayBeTriedAgain() {
        assertThrows(
                IllegalStateException.class,
                () ->
                        sending.once(
                                MESSAGE,
                                "room 101",
                                () -> {
                                    throw new IllegalStateException("thrown by a test");
                                }));
        assertEquals(SendOutcome.SENT, once(true));
    }

    /// Nobody knows yet whether the first call sends: the second must not be told that it has.
    @Test
    void whatIsBeingSentIsNoDuplicateYet() {
        sending.once(
                MESSAGE,
                "room 101",
                () -> {
                    assertEquals(SendOutcome.UNDER_WAY, once(true));
                    return true;
                });
        assertEquals(SendOutcome.DUPLICATE, once(true));
        assertEquals(0, sent.get());
    }

    @Test
    void atMostOnceUsesTheIdUpWhateverBecomesOfIt() {
        assertEquals(SendOutcome.NOT_TAKEN, sending.atMostOnce(MESSAGE, "room 101", send(false)));
        assertEquals(SendOutcome.DUPLICATE, sending.atMostOnce(MESSAGE, "room 101", send(true)));
        assertEquals(
                SendOutcome.DUPLICATE,
                sending.atMostOnce(new Message("1", "a", "other"), "room 102", send(true)));
        assertEquals(SendOutcome.DUPLICATE, once(true));
        assertEquals(1, sent.get());
    }
}
