package dev.heddle.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.heddle.user.Message;

import org.junit.jupiter.api.Test;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

class SendOnceTest {
    private static final Message MESSAGE = new Message("1", "a", "text");

    private final SendOnce sending = new SendOnce(new MessageIds(10));
    private final AtomicInteger sent = new AtomicInteger();

    private BooleanSupplier send(boolean isTaken) {
        return () -> {
            sent.incrementAndGet();
            return isTaken;
        };
    }

    private Outcome once(boolean isTaken) {
        return once(MESSAGE, "room 101", isTaken);
    }

    private Outcome once(Message message, String to, boolean isTaken) {
        return sending.once(message, to, send(isTaken));
    }

    @Test
    void anIdIsSentOnce() {
        assertEquals(Outcome.SENT, once(true));
        assertEquals(Outcome.DUPLICATE, once(true));
        assertEquals(1, sent.get());
    }

    @Test
    void anIdIsRefusedForAnotherTextSenderOrReceiver() {
        assertEquals(Outcome.SENT, once(true));
        assertEquals(Outcome.ID_TAKEN, once(new Message("1", "a", "other"), "room 101", true));
        assertEquals(Outcome.ID_TAKEN, once(new Message("1", "atext", ""), "room 101", true));
        assertEquals(Outcome.ID_TAKEN, once(MESSAGE, "room 102", true));
        assertEquals(Outcome.DUPLICATE, once(true));
        assertEquals(1, sent.get());
    }

    @Test
    void anIdOfWhatNobodyTookIsFreeForAnything() {
        assertEquals(Outcome.NOT_TAKEN, once(false));
        assertEquals(Outcome.SENT, once(new Message("1", "a", "other"), "room 101", true));
    }

    @Test
    void withoutAnIdItIsSentEachTime() {
        Message message = new Message("", "a", "text");
        assertEquals(Outcome.SENT, once(message, "room 101", true));
        assertEquals(Outcome.SENT, once(message, "room 101", true));
        assertEquals(Outcome.SENT, sending.atMostOnce(message, "room 101", send(true)));
        assertEquals(Outcome.NOT_TAKEN, sending.atMostOnce(message, "room 101", send(false)));
        assertEquals(4, sent.get());
    }

    @Test
    void whatNobodyTookMayBeTriedAgain() {
        assertEquals(Outcome.NOT_TAKEN, once(false));
        assertEquals(Outcome.SENT, once(true));
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
        assertEquals(Outcome.SENT, once(true));
    }

    /// Nobody knows yet whether the first call sends: the second must not be told that it has.
    @Test
    void whatIsBeingSentIsNoDuplicateYet() {
        sending.once(
                MESSAGE,
                "room 101",
                () -> {
                    assertEquals(Outcome.UNDER_WAY, once(true));
                    return true;
                });
        assertEquals(Outcome.DUPLICATE, once(true));
        assertEquals(0, sent.get());
    }

    @Test
    void atMostOnceUsesTheIdUpWhateverBecomesOfIt() {
        assertEquals(Outcome.NOT_TAKEN, sending.atMostOnce(MESSAGE, "room 101", send(false)));
        assertEquals(Outcome.DUPLICATE, sending.atMostOnce(MESSAGE, "room 101", send(true)));
        assertEquals(
                Outcome.DUPLICATE,
                sending.atMostOnce(new Message("1", "a", "other"), "room 102", send(true)));
        assertEquals(Outcome.DUPLICATE, once(true));
        assertEquals(1, sent.get());
    }
}
