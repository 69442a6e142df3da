package dev.heddle.abuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;

import dev.heddle.support.Browser;
import dev.heddle.support.PlainPage;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// A page from elsewhere, in a browser on the server's machine, asks the internal port without a
/// key in every way that a page has: in frames, as images and scripts, with forms. It makes the
/// server do nothing.
class ForeignFramesIT {
    private static final String PAGE =
            """
            <!doctype html><title>elsewhere</title><body><script>
            const server = new URLSearchParams(location.search).get('server');
            const paths = ['/debug/heap?live=true', '/debug/threads', '/debug/jfr?seconds=1',
                '/debug/where', '/debug/connections?sort=rate', '/debug/live', '/metrics', '/user/list'];
            let settled = 0;
            const settle = () => { settled++; document.title = `${settled} of ${COUNT}`; };
            const add = (kind, properties) => {
                const element = Object.assign(document.createElement(kind), properties);
                element.onload = element.onerror = settle;
                document.body.append(element);
                return element;
            };
            const COUNT = paths.length * 7;
            for (const path of paths) {
                const url = server + path;
                add('iframe', { src: url });
                add('object', { data: url });
                add('embed', { src: url });
                add('img', { src: url });
                add('script', { src: url });
                fetch(url, { mode: 'no-cors', method: 'POST' }).then(settle, settle);
                const frame = add('iframe', { name: path });
                frame.onload = null;
                const form = Object.assign(document.createElement('form'),
                    { action: url, method: 'POST', target: path });
                document.body.append(form);
                form.submit();
                frame.onload = settle;
            }
            </script>
            """;

    @Order(1)
    @RegisterExtension
    static final TestServer SERVER = new TestServer(TestServer.settings());

    @Order(2)
    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private HttpServer elsewhere;

    @BeforeEach
    void serveThePage() throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        elsewhere = HttpServer.create(address, 0);
        elsewhere.createContext(
                "/",
                exchange -> {
                    try (exchange) {
                        byte[] page = PAGE.getBytes(StandardCharsets.UTF_8);
                        exchange.getResponseHeaders().set("Content-Type", "text/html");
                        exchange.sendResponseHeaders(200, page.length);
                        exchange.getResponseBody().write(page);
                    }
                });
        elsewhere.start();
    }

    @AfterEach
    void stop() {
        elsewhere.stop(0);
        BROWSER.takeViolations(); // which say that there may be no frame around us
    }

    private static int count(Map<String, LongAdder> answers, String status) {
        return answers.getOrDefault(status, new LongAdder()).intValue();
    }

    /// `localhost` is another site than the page's, `127.0.0.1` the same one with another port.
    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1"})
    void aPageFromElsewhereMakesTheServerDoNothing(String host) throws Exception {
        Map<String, LongAdder> answers = SERVER.heddle().counters().apiAnswersByStatus();
        int done = count(answers, "200");
        int refused = count(answers, "403");
        PlainPage page = BROWSER.plainWindow();
        String server = "http://" + host + ":" + SERVER.heddle().internalPort();
        try (Bystanders honest = new Bystanders(SERVER.port(), SERVER.heddle().internalPort())) {
            page.visit(elsewhere.getAddress().getPort(), "/?server=" + server);
            page.await("answers", () -> count(answers, "403") >= refused + 40);
            int healthy = honest.finish("frames of " + host);
            assertEquals(done + healthy, count(answers, "200"));
        }
        assertEquals(0, count(answers, "500"));
    }

    @Test
    void oneMayFollowALinkFromElsewhereToADocumentOfItsOwn() {
        Map<String, LongAdder> answers = SERVER.heddle().counters().apiAnswersByStatus();
        PlainPage page = BROWSER.plainWindow();
        page.visit(elsewhere.getAddress().getPort(), "/?server=about:");
        int done = count(answers, "200");
        String target = "http://localhost:" + SERVER.heddle().internalPort() + "/debug/where";
        page.run("location.href = arguments[0]; return true", target);
        page.await("the document", () -> count(answers, "200") > done);
        page.await("its place", () -> page.place().equals("/debug/where"));
        assertTrue(count(answers, "200") > done);
    }
}
