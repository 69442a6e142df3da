package dev.heddle.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.support.Browser;
import dev.heddle.support.PlainPage;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.Map;

/// A page in Chromium, which offers compression by itself, and compresses each message with a
/// reference to those before it.
class CompressedPageIT {
    @Order(1)
    @RegisterExtension
    static final TestServer SERVER =
            new TestServer(
                    TestServer.configured(
                            Map.of(
                                    "HEDDLE_DIAGNOSTICS", "true",
                                    "HEDDLE_ECHO_DEFLATE", "true",
                                    "HEDDLE_SENDING_DEFLATE_BYTES", "1")));

    @Order(2)
    @RegisterExtension
    static final Browser BROWSER = new Browser();

    @Test
    void messagesOfAnySizeComeBack() {
        PlainPage page = BROWSER.plainWindow();
        page.visit(SERVER.port(), "/nothing-is-here"); // a page of the same origin
        long before = SERVER.heddle().counters().bytesOut.sum();
        page.run(
                """
                const text = (n) => Array.from({ length: n }, (_, i) => `word ${i * i % 97} ü `).join('');
                globalThis.sent = [text(1), '', 'x', ...Array.from({ length: 40 }, (_, i) => text(i)),
                    text(500), text(20000), text(500), text(3)];
                globalThis.got = [];
                globalThis.socket = new WebSocket(arguments[0]);
                socket.onopen = () => sent.forEach((each) => socket.send(each));
                socket.onmessage = ({ data }) => got.push(data);
                socket.onclose = ({ code }) => { globalThis.code = code; };
                return true;
                """,
                "ws://127.0.0.1:" + SERVER.port() + "/echo");
        page.await("all of them", () -> (boolean) page.run("return got.length === sent.length"));
        assertEquals(true, page.run("return got.every((each, i) => each === sent[i])"));
        assertEquals(
                "permessage-deflate; client_max_window_bits=12",
                page.run("return socket.extensions"));
        long length = (long) page.run("return sent.join('').length");
        long out = SERVER.heddle().counters().bytesOut.sum() - before;
        assertTrue(out < length / 5, () -> out + " bytes for " + length);
        page.run("socket.close(1000); return true");
        page.await("its end", () -> (boolean) page.run("return globalThis.code === 1000"));
    }
}
