package dev.heddle.hub;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.deflate.Agreement;
import dev.heddle.deflate.Deflation;
import dev.heddle.frame.EncodedFrame;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/// A fact is rendered once, and compressed once for each size of window.
class DeflatedFormTest {
    private static final String TEXT = "a text that is compressed, ".repeat(20);

    private final Deflation deflation = new Deflation(6, 10, 1 << 20);
    private final AtomicInteger rendered = new AtomicInteger();
    private final Form plain =
            fact -> {
                rendered.incrementAndGet();
                return fact.equals(new Fact.Entered("ann")) ? EncodedFrame.text(TEXT) : null;
            };

    private Form deflated(int serverBits, int clientBits) {
        return DeflatedForm.unlessPlain(
                plain, deflation.compression(new Agreement(serverBits, clientBits)));
    }

    @AfterEach
    void close() {
        deflation.close();
    }

    @Test
    void whoDoesNotInflateTakesThePlainForm() {
        assertSame(plain, DeflatedForm.unlessPlain(plain, null));
    }

    @Test
    void receiversOfOneWindowShareOneFrameWhateverTheyThemselvesCompressWith() {
        Rendering fact = new Rendering(new Fact.Entered("ann"));
        EncodedFrame first = fact.in(deflated(15, 15));
        assertSame(first, fact.in(deflated(15, 9)));
        assertSame(first, fact.in(deflated(15, 15)));
        EncodedFrame other = fact.in(deflated(9, 15));
        assertNotSame(first, other);
        assertTrue(first != null && other != null && first.isCompressed() && other.isCompressed());
        assertArrayEquals(
                EncodedFrame.text(TEXT).bytes(), Objects.requireNonNull(fact.in(plain)).bytes());
        assertEquals(1, rendered.get());
    }

    @Test
    void thePublisherRendersThePlainFormOnceInWhateverOrder() {
        for (List<Form> forms :
                List.of(
                        List.of(plain, deflated(15, 15)),
                        List.of(deflated(15, 15), plain),
                        List.of(deflated(9, 15), plain, deflated(15, 15)))) {
            rendered.set(0);
            Rendering fact = new Rendering(new Fact.Entered("ann"), forms, 7);
            for (Form form : forms) {
                EncodedFrame frame = fact.in(form);
                assertEquals(7, frame == null ? 0 : frame.receivers());
            }
            assertEquals(1, rendered.get());
        }
    }

    @Test
    void whatNobodyOfThePlainFormWantsNobodyWantsCompressed() {
        assertNull(new Rendering(new Fact.Exited("ann")).in(deflated(15, 15)));
        assertNull(deflated(15, 15).render(new Fact.Exited("ann")));
    }

    /// The hub's queue counts rendered bytes.
    @Test
    void aRawFactCountsItsOwnBytesOnceAndTheCompressedOnesToo() {
        EncodedFrame frame = EncodedFrame.text(TEXT);
        Fact raw = new Fact.Raw(frame);
        Form compressed =
                DeflatedForm.unlessPlain(Form.RAW, deflation.compression(new Agreement(15, 15)));
        assertEquals(frame.length(), new Rendering(raw, List.of(Form.RAW), 1).bytes());
        Rendering both = new Rendering(raw, List.of(compressed), 1);
        EncodedFrame small = both.in(compressed);
        assertEquals(frame.length() + (small == null ? 0 : small.length()), both.bytes());
    }
}
