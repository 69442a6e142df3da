package dev.heddle.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.support.Browser;
import dev.heddle.support.PlainPage;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.List;
import java.util.Map;

/// A page in Chromium, on an endpoint that speaks subprotocols.
class SubprotocolPageIT {
    @Order(1)
    @RegisterExtension
    static final TestServer SERVER =
            new TestServer(
                    TestServer.configured(
                            Map.of(
                                    "HEDDLE_DIAGNOSTICS", "true",
                                    "HEDDLE_ECHO_SUBPROTOCOLS", "graphql-transport-ws,chat")));

    @Order(2)
    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private PlainPage page;

    @BeforeEach
    void visit() {
        page = BROWSER.plainWindow();
        page.visit(SERVER.port(), "/nothing-is-here"); // a page of the same origin
    }

    @Test
    void thePageLearnsWhichOneIsAgreedOn() {
        open("mqtt", "chat", "graphql-transport-ws");
        page.await("an echo", () -> (boolean) page.run("return globalThis.got === 'hello'"));
        assertEquals("chat", page.run("return socket.protocol"));
        page.run("socket.close(1000); return true");
        awaitEnd(1000);
    }

    /// The server lets it in, and Chromium ends the connection.
    @Test
    void thePageThatOffersNoneOfThemIsNotServed() {
        open("mqtt");
        awaitEnd(1006);
        assertEquals(true, page.run("return globalThis.got === undefined"));
    }

    private void open(String... subprotocols) {
        page.run(
                """
                globalThis.socket = new WebSocket(arguments[0], arguments[1]);
                socket.onopen = () => socket.send('hello');
                socket.onmessage = ({ data }) => { globalThis.got = data; };
                socket.onclose = ({ code }) => { globalThis.code = code; };
                return true;
                """,
                "ws://127.0.0.1:" + SERVER.port() + "/echo",
                List.of(subprotocols));
    }

    private void awaitEnd(int code) {
        page.await("its end", () -> Long.valueOf(code).equals(page.run("return globalThis.code")));
    }
}
