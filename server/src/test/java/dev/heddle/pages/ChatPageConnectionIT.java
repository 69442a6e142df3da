package dev.heddle.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.support.Browser;
import dev.heddle.support.ChatPage;
import dev.heddle.support.CuttingProxy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;

/// What the chat page does and says when its connection ends.
class ChatPageConnectionIT {
    @RegisterExtension static final Browser BROWSER = new Browser();

    @Test
    void comesBackAfterARestartAndSaysSo() throws IOException {
        try (RestartableServer server = new RestartableServer()) {
            ChatPage ada = BROWSER.chat(server.port());
            ChatPage grace = BROWSER.chat(server.port());
            ada.name("Ada");
            grace.name("Grace");

            server.drain();
            ada.awaitInLog("Connection lost. The server is going away or starting again. (1001");
            ada.await(
                    "words", () -> ada.text("#notice-text").startsWith("Not connected. Next try"));
            assertTrue(List.of("Waiting to reconnect", "Connecting").contains(ada.text("#state")));

            server.startAgain();
            ada.awaitState("Connected");
            grace.awaitState("Connected");
            ada.awaitInLog("Connected again.");
            assertFalse(ada.isShown("#notice"));
            ada.say("We are back.");
            grace.awaitLast("Ada: We are back.");
        }
    }

    @Test
    void keepsATextThatCannotBeSent() throws IOException {
        try (RestartableServer server = new RestartableServer()) {
            ChatPage page = BROWSER.chat(server.port());
            page.name("Ada");
            server.crash();
            page.awaitInLog("Connection lost.");
            page.say("still here");
            assertEquals(
                    "Nothing was sent: there is no connection. Your text stays here.",
                    page.text("#warning"));
            assertEquals("still here", page.value("#text"));
            assertEquals(List.of(), page.said());

            server.startAgain();
            page.awaitState("Connected");
            assertEquals("", page.text("#warning"));
            page.type(Keys.ENTER);
            page.awaitLast("Ada (you): still here");
        }
    }

    @Test
    void aFailedTryIsToldOnce() throws IOException {
        try (RestartableServer server = new RestartableServer()) {
            ChatPage page = BROWSER.chat(server.port());
            server.crash();
            page.awaitInLog("Connection lost.");
            for (int i = 0; i < 3; i++) {
                page.await("a wait", () -> page.isShown("#retry"));
                page.click("#retry");
            }
            page.await("a wait", () -> page.isShown("#retry"));
            assertEquals(1L, page.run("return document.querySelectorAll('#log .note').length"));
        }
    }

    @Test
    void staysClosedAfterAFinalCodeAndSaysWhy() throws IOException {
        try (RestartableServer server = new RestartableServer(100)) {
            ChatPage page = BROWSER.chat(server.port());
            page.name("Ada");
            page.say("x".repeat(200));
            page.awaitState("Closed");
            page.awaitInLog("Connection closed. A message was too big for the server. (1009");
            page.awaitInLog("may not have arrived");
            assertEquals("Connection closed.", page.text("#log .entry:last-child strong"));
            assertTrue(page.text("#notice-text").startsWith("Connection closed. A message was"));

            page.click("#retry");
            page.awaitState("Connected");
            page.say("shorter");
            page.awaitLast("Ada (you): shorter");
        }
    }

    @Test
    void saysThatWebSocketIsMissing() throws IOException {
        try (RestartableServer server = new RestartableServer()) {
            ChatPage page = BROWSER.window();
            page.beforeLoading("delete globalThis.WebSocket;");
            page.visit(server.port());
            page.awaitState("Closed");
            page.awaitInLog("This browser has no WebSocket");
            assertEquals("No WebSocket.", page.text("#log strong"));
        }
    }

    /// Each time is one more handshake that the server refuses.
    @Test
    void doesNotAskWhyAConnectionThatWasOpenEnded() throws IOException {
        try (RestartableServer server = new RestartableServer();
                CuttingProxy network = new CuttingProxy(server.port())) {
            ChatPage page = BROWSER.window();
            page.beforeLoading(
                    """
                    const request = globalThis.fetch;
                    globalThis.asked = 0;
                    globalThis.fetch = (...all) => (asked++, request(...all));
                    """);
            page.visit(network.port());
            page.awaitState("Connected");
            network.cut();
            page.awaitInLog("Connected again.");
            assertEquals(0L, page.run("return asked"));
        }
    }

    @Test
    void asksOnceWhyItIsNotLetInWhereNoTokenHelps() throws IOException {
        try (RestartableServer server = new RestartableServer()) {
            ChatPage page = BROWSER.window();
            page.beforeLoading(
                    """
                    Math.random = () => 0.5; // or a wait may be too short for the answer
                    globalThis.tries = 0;
                    globalThis.WebSocket = class {
                        constructor() {
                            tries++;
                            setTimeout(() => this.onclose({ code: 1006, reason: '' }));
                        }
                        close() {}
                    };
                    globalThis.asked = 0;
                    globalThis.fetch = async () => (asked++, new Response('', { status: 426 }));
                    """);
            page.visit(server.port());
            page.await("tries", () -> (long) page.run("return tries") >= 4);
            assertEquals(1L, page.run("return asked"));
            page.await("a wait", () -> page.isShown("#retry"));
            page.click("#retry");
            page.await("another answer", () -> page.run("return asked").equals(2L));
        }
    }

    @Test
    void theWaitsDoubleUpToABoundAndAreSpreadOverAllOfIt() throws IOException {
        try (RestartableServer server = new RestartableServer()) {
            ChatPage page = BROWSER.chat(server.port());
            Object bounds =
                    page.run(
                            """
                            return import('/heddle.js').then(({ backoffMs }) =>
                                [0, 1, 2, 5, 6, 60].map((attempt) =>
                                    [1, 0.5, 0].map((share) =>
                                        backoffMs(attempt, { random: () => share })).join(' ')));
                            """);
            assertEquals(
                    List.of(
                            "500 250 0",
                            "1000 500 0",
                            "2000 1000 0",
                            "16000 8000 0",
                            "30000 15000 0",
                            "30000 15000 0"),
                    bounds);
        }
    }

    @Test
    void onlyCodesThatWouldRepeatAreFinal() throws IOException {
        List<Long> expected =
                LongStream.concat(
                                LongStream.of(1002, 1003, 1007, 1008, 1009, 1010),
                                LongStream.range(4500, 5000))
                        .boxed()
                        .toList();
        try (RestartableServer server = new RestartableServer()) {
            ChatPage page = BROWSER.chat(server.port());
            Object finalCodes =
                    page.run(
                            """
                            return import('/heddle.js').then(({ isFinalCode }) =>
                                Array.from({ length: 5000 }, (_, code) => code).filter(isFinalCode));
                            """);
            assertEquals(expected, finalCodes);
        }
    }
}
