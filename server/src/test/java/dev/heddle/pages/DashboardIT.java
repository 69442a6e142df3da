package dev.heddle.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.support.Browser;
import dev.heddle.support.PlainPage;
import dev.heddle.support.ServerProcess;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

import java.io.IOException;
import java.util.List;

/// The dashboard in a real browser, on the packaged server under load.
class DashboardIT {
    private static final int LISTENERS = 200;
    private static final String KEY = "correct-horse-battery-staple";

    @RegisterExtension static final Browser BROWSER = new Browser();

    private static ServerProcess server;
    private static Audience audience;

    @BeforeAll
    static void start() throws IOException {
        server = new ServerProcess("");
        audience = new Audience(server.port(), LISTENERS);
    }

    @AfterAll
    static void stop() throws Exception {
        audience.close();
        server.close();
    }

    @Test
    void showsTheNumbersThatTheServerHas() throws Exception {
        PlainPage page = live();
        page.await("connections", () -> number(page, "connections") == LISTENERS);
        assertTrue(server.getInternal("/metrics").body().contains("heddle_connections 200.0"));

        page.await("deliveries", () -> number(page, "deliveries") > LISTENERS);
        double most = audience.sentPerSecond() * LISTENERS;
        assertTrue(number(page, "deliveries") < 3 * most, page.text("#tile-deliveries"));
        page.await("a quantile", () -> page.text("#tile-deliveryP99 .big").matches(".*[µm]?s"));
        page.await("CPU", () -> number(page, "cpu") > 0);
        page.await("heap", () -> number(page, "heap") > 0);
        page.awaitIn(".legend", "to clients");
        page.await(
                "a line", () -> page.run("return " + path("deliveries")).toString().length() > 9);
        assertEquals("0", page.text("#tile-slowConsumers .big"));
        assertEquals(List.of(), BROWSER.takeErrors());
    }

    @Test
    void computesRatesAndQuantiles() {
        PlainPage page = live();
        Object computed =
                page.run(
                        """
                        return import('/dashboard/samples.js').then(({ Samples, quantile }) => {
                            const samples = new Samples();
                            const at = (start, n, counts) => ({
                                process_start_time_seconds: start,
                                n_total: n,
                                h: { sum: 0, bounds: [0.01, 0.1], counts },
                            });
                            samples.add(100, at(1, 50, [5, 0, 0]));
                            samples.add(102, at(1, 250, [15, 10, 0]));
                            const before = [
                                samples.rate('n_total'), samples.countRate('h'),
                                samples.quantile(0.25, 'h'), samples.quantile(0.75, 'h'),
                            ];
                            samples.add(103, at(2, 7, [1, 0, 0]));
                            return [
                                ...before, samples.rate('n_total') ?? 'restarted',
                                quantile(0.5, [1], [0, 3]) === Infinity, quantile(0.5, [1], [0, 0]) === null,
                            ].map((each) => each > 0 && each < 1 ? each.toFixed(4) : each).join();
                        });
                        """);
        assertEquals("100,10,0.0050,0.0550,restarted,true,true", computed);
    }

    @Test
    void leadsFromAPlaceToAStack() {
        PlainPage page = live();
        page.awaitIn("#places", "waiting for a frame");
        page.await("all", () -> page.text("#places tr").startsWith(LISTENERS + ""));
        page.click("#places button");
        page.awaitIn("#stack", "dev.heddle.net.MessageLoop.run");
        assertTrue(page.text("#details-facts").contains("waiting for a frame"));
        String first = page.text("#details-title");
        page.click("#another");
        page.await("another", () -> !page.text("#details-title").equals(first));
        page.press(Keys.ESCAPE);
        assertFalse(page.isShown("#details"));
    }

    @Test
    void showsConnectionsByKeyboard() {
        PlainPage page = live();
        page.awaitIn("#range", "of " + LISTENERS);
        page.run("document.querySelector('[data-sort=age] button').focus(); return true;");
        page.press(Keys.ENTER);
        page.await(
                "the order",
                () ->
                        page.run("return document.querySelector('[data-sort=age]').ariaSort")
                                .equals("descending"));
        page.click("#after");
        page.awaitIn("#range", "16–30 of " + LISTENERS);
        page.run("document.querySelector('#rows button').focus(); return true;");
        page.press(Keys.ENTER);
        page.awaitIn("#stack", "dev.heddle.net.");
        assertTrue(page.text("#details-facts").contains("127.0.0.1:"));
    }

    @Test
    void saysWhenTheStreamIsLostAndComesBack() throws Exception {
        PlainPage page = live();
        server.signal("STOP");
        try {
            page.awaitState("Lost, trying again");
        } finally {
            server.signal("CONT");
        }
        page.awaitState("Live");
        page.await("connections", () -> number(page, "connections") == LISTENERS);
        page.awaitIn("#places", "waiting for a frame");
    }

    @ParameterizedTest
    @CsvSource({"360, 740", "800, 900", "1280, 900"})
    void fitsItsWindow(int width, int height) {
        PlainPage page = BROWSER.plainWindow();
        page.fitTo(width, height);
        page.visit(server.internalPort(), "/");
        page.awaitState("Live");
        page.awaitIn("#range", "of " + LISTENERS);
        assertFits(page, width);
        page.click("#rows button");
        page.awaitIn("#stack", "dev.heddle.net.");
        assertFits(page, width);
    }

    @Test
    void tellsEventsAsTheyHappen() throws Exception {
        PlainPage page = live();
        page.await("events", () -> page.isShown("#events"));
        page.await(
                "an event",
                () -> {
                    new Audience(server.port(), 1).close();
                    return page.texts("#tail li").stream()
                            .anyMatch(each -> each.contains("ConnectionOpened connection "));
                });
    }

    /// As when the network has gone away without a word: the longest wait is cut short.
    @Test
    void beginsTheEventsAnewWhenTheyFallSilent() {
        PlainPage page = live();
        page.run(
                """
                const { fetch, setTimeout } = window;
                window.asked = 0;
                window.fetch = async (path, options) => {
                    if (path !== 'debug/events') {
                        return fetch(path, options);
                    }
                    asked++;
                    const start = (body) =>
                        (options.signal.onabort = () => body.error(options.signal.reason));
                    return new Response(new ReadableStream({ start }));
                };
                window.setTimeout = (action, ms) =>
                    setTimeout(action, ms > 30000 && ms < 60000 ? 50 : ms);
                import('./tail.js').then(({ Tail }) => new Tail().open());
                return true;
                """);
        page.await("the third time", () -> (long) page.run("return window.asked") >= 3);
    }

    @Test
    void loadsNothingFromElsewhere() {
        PlainPage page = live();
        page.awaitIn("#places", "waiting for a frame");
        String elsewhere =
                "return performance.getEntriesByType('resource').map((each) => each.name)"
                        + ".filter((each) => !each.startsWith(location.origin)).join()";
        assertEquals("", page.run(elsewhere));
    }

    @Test
    void asksForTheKey() throws Exception {
        try (ServerProcess locked =
                new ServerProcess("export HEDDLE_INTERNAL_API_KEY=" + KEY + ";")) {
            PlainPage page = BROWSER.plainWindow();
            page.visit(locked.internalPort(), "/");
            page.awaitState("Locked");
            assertFalse(page.isShown("#tiles"));
            page.typeInto("#key", "wrong", Keys.ENTER);
            page.awaitIn("#key-warning", "The server does not accept this key.");
            page.fill("#key", KEY);
            page.typeInto("#key", Keys.ENTER);
            page.awaitState("Live");
            page.await("connections", () -> page.text("#tile-connections .big").equals("0"));
            assertFalse(page.isShown("#key-form"));
        }
    }

    private static PlainPage live() {
        PlainPage page = BROWSER.plainWindow();
        page.fitTo(1280, 900);
        page.visit(server.internalPort(), "/");
        page.awaitState("Live");
        return page;
    }

    /// The large number of a tile; -1 while there is none.
    private static double number(PlainPage page, String tile) {
        String digits = page.text("#tile-" + tile + " .big").replaceAll("[^0-9.]", "");
        return digits.isEmpty() ? -1 : Double.parseDouble(digits);
    }

    private static String path(String tile) {
        return "document.querySelector('#tile-" + tile + " path').getAttribute('d') ?? ''";
    }

    private static void assertFits(PlainPage page, int width) {
        assertEquals((long) width, page.run("return document.documentElement.scrollWidth"));
        assertEquals((long) width, page.run("return innerWidth"));
    }
}
