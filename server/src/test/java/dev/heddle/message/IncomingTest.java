package dev.heddle.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.endpoint.Message;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

class IncomingTest {
    private static final byte[] LENT = "[[ä]]".getBytes(StandardCharsets.UTF_8);

    @Test
    void aTextHasBytesToo() {
        Message message = new Incoming.Text(LENT, 2, 2);
        assertTrue(message.isText());
        assertEquals("ä", message.text());
        assertArrayEquals(new byte[] {(byte) 0xC3, (byte) 0xA4}, message.toByteArray());
    }

    @Test
    void aBinaryMessageHasNoText() {
        Message message = new Incoming.Binary(LENT, 1, 3);
        assertFalse(message.isText());
        assertThrows(IllegalStateException.class, message::text);
        assertEquals(3, message.toByteArray().length);
    }

    @Test
    void theBufferIsTheLentBytesAndCannotBeWritten() {
        ByteBuffer buffer = new Incoming.Binary(LENT, 1, 3).buffer();
        assertTrue(buffer.isReadOnly());
        assertEquals(ByteBuffer.wrap(LENT, 1, 3), buffer);
        assertEquals(0, buffer.position());
    }
}
