package dev.heddle.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.heddle.user.Message;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

class SendingTest {
    private static final String SENT = "{\"sent\":true,\"duplicate\":false}";
    private static final String DUPLICATE = "{\"sent\":false,\"duplicate\":true}";

    private final Sending sending = new Sending(new MessageIds(10), 100);
    private final AtomicInteger sent = new AtomicInteger();

    private String once(String id, boolean isTaken) throws Refusal {
        return once(new Message(id, "a", "text"), "room 101", isTaken);
    }

    private String once(Message message, String to, boolean isTaken) throws Refusal {
        Answer answer =
                sending.once(
                        message,
                        to,
                        () -> {
                            sent.incrementAndGet();
                            return isTaken;
                        });
        Answer.Body.Whole body = assertInstanceOf(Answer.Body.Whole.class, answer.body());
        return new String(body.bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void anIdIsSentOnce() throws Refusal {
        assertEquals(SENT, once("1", true));
        assertEquals(DUPLICATE, once("1", true));
        assertEquals(1, sent.get());
    }

    private int refused(Message message, String to) {
        return assertThrows(Refusal.class, () -> once(message, to, true)).answer().status();
    }

    @Test
    void anIdIsRefusedForAnotherTextSenderOrReceiver() throws Refusal {
        assertEquals(SENT, once("1", true));
        assertEquals(409, refused(new Message("1", "a", "other"), "room 101"));
        assertEquals(409, refused(new Message("1", "atext", ""), "room 101"));
        assertEquals(409, refused(new Message("1", "a", "text"), "room 102"));
        assertEquals(DUPLICATE, once("1", true));
        assertEquals(1, sent.get());
    }

    @Test
    void anIdOfWhatNobodyTookIsFreeForAnything() throws Refusal {
        assertEquals(503, assertThrows(Refusal.class, () -> once("1", false)).answer().status());
        assertEquals(SENT, once(new Message("1", "a", "other"), "room 101", true));
    }

    @Test
    void withoutAnIdItIsSentEachTime() throws Refusal {
        assertEquals(SENT, once("", true));
        assertEquals(SENT, once("", true));
        assertEquals(2, sent.get());
    }

    @Test
    void whatNobodyTookMayBeTriedAgain() throws Refusal {
        assertEquals(503, assertThrows(Refusal.class, () -> once("1", false)).answer().status());
        assertEquals(SENT, once("1", true));
    }

    @Test
    void whatThrewMayBeTriedAgain() throws Refusal {
        Message message = new Message("1", "a", "text");
        assertThrows(
                IllegalStateException.class,
                () ->
                        sending.once(
                                message,
                                "room 101",
                                () -> {
                                    throw new IllegalStateException("thrown by a test");
                                }));
        assertEquals(SENT, once("1", true));
    }

    /// Nobody knows yet whether the first call sends: the second must not be told that it has.
    @Test
    void whatIsBeingSentIsNoDuplicateYet() throws Refusal {
        Message message = new Message("1", "a", "text");
        sending.once(
                message,
                "room 101",
                () -> {
                    Refusal refusal = assertThrows(Refusal.class, () -> once("1", true));
                    assertEquals(503, refusal.answer().status());
                    return true;
                });
        assertEquals(DUPLICATE, once("1", true));
        assertEquals(0, sent.get());
    }
}
