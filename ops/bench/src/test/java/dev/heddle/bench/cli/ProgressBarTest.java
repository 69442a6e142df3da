package dev.heddle.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.bench.run.Ticker.Measure;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

class ProgressBarTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);

    private String text() {
        return written.toString(StandardCharsets.UTF_8);
    }

    @Test
    void drawsHowFarItHasGotOnOneLineOfATerminal() {
        ProgressBar bar = new ProgressBar(out, true);
        bar.phase("broadcasting", Measure.OPS, 200);
        bar.progress(10, 50);
        assertTrue(text().contains("[=======                       ]  25 %  broadcasting"), text());
        bar.clear();
        assertTrue(text().endsWith("\r\u001b[K"), text());
        assertEquals(-1, text().indexOf('\n'));
    }

    @Test
    void isNeverFullerThanFull() {
        ProgressBar bar = new ProgressBar(out, true);
        bar.phase("connecting", Measure.OPEN_CONNECTIONS, 0);
        bar.progress(10, 50);
        assertTrue(text().contains("[==============================] 100 %"), text());
    }

    @Test
    void writesALineForEachPartWhereThereIsNoTerminal() {
        ProgressBar bar = new ProgressBar(out, false);
        bar.phase("connecting", Measure.OPEN_CONNECTIONS, 10);
        bar.progress(10, 0);
        bar.phase("echoing", Measure.SECONDS, 1);
        bar.clear();
        assertEquals("heddle bench: connecting\nheddle bench: echoing\n", text());
    }
}
