package dev.heddle.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.bench.support.HeadlessChromium;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A report in a real Chromium, opened from the disk by a browser without a network.
class ReportIT {
    private static final int DESKTOP = 1280;
    private static final int PHONE = 390;

    /// How many pixels of each canvas are not empty, as a list of `true` and `false`: many or few.
    private static final String DRAWN =
            """
            return [...document.querySelectorAll('.chart canvas')].map((canvas) => {
                const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
                return data.filter((value, i) => i % 4 === 3 && value > 0).length > 500;
            });
            """;

    private static final String LEGEND =
            """
            const rows = [...document.querySelectorAll('.chart:nth-child(2) .u-series')];
            const texts = rows.map((row) => row.innerText.trim().replace(/\\s+/g, ' '));
            return texts.join(', ');
            """;

    @TempDir private Path folder;
    private HeadlessChromium chromium;

    @BeforeEach
    void open() throws IOException {
        chromium = HeadlessChromium.start();
    }

    @AfterEach
    void close() {
        chromium.close();
    }

    private void show(String page) throws IOException {
        chromium.show(Files.writeString(folder.resolve("report.html"), page));
    }

    private static List<Boolean> allOf(int plots) {
        return Stream.generate(() -> true).limit(plots).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {DESKTOP, PHONE})
    void everyPlotIsDrawnAndThePageFitsItsWindow(int width) throws IOException {
        chromium.setWidth(width);
        show(HtmlReport.of(Samples.echo()));
        assertEquals(allOf(8), chromium.run(DRAWN));
        assertEquals((long) width, chromium.run("return document.documentElement.scrollWidth"));
        assertEquals(List.of(), chromium.errors());
    }

    @Test
    void thePlotsTakeTheColoursOfTheScheme() throws IOException {
        show(HtmlReport.of(Samples.echo()));
        String picture = "return document.querySelector('.chart canvas').toDataURL()";
        chromium.preferScheme("light");
        Object light = chromium.run(picture);
        chromium.preferScheme("dark");
        assertEquals(allOf(8), chromium.run(DRAWN));
        assertFalse(light.equals(chromium.run(picture)), "it is the same picture");
    }

    @Test
    void thePointerReadsEveryCurveAlsoOneThatHasEndedBefore() throws IOException {
        show(HtmlReport.of(Samples.echo()));
        chromium.pointAt(".chart:nth-child(2) .u-over", 150);
        String said = String.valueOf(chromium.run(LEGEND));
        assertTrue(said.matches("[\\d.]+%, echo\\s*[\\d,]+ µs, handshake\\s*[\\d,]+ µs"), said);
    }

    @Test
    void aReportOfNothingShowsNoPlotAndNoError() throws IOException {
        show(HtmlReport.of(Samples.nothing()));
        assertEquals(List.of(), chromium.run(DRAWN));
        assertEquals(List.of(), chromium.errors());
    }
}
