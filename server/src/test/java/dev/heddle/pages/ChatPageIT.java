package dev.heddle.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.support.Browser;
import dev.heddle.support.ChatPage;
import dev.heddle.support.PlainClient;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.stream.IntStream;

/// The page of the raw hub in a real browser, connected to a real server.
class ChatPageIT {
    private static final String FROM_THE_END =
            "const pane = document.getElementById('pane');"
                    + "return Math.round(pane.scrollHeight - pane.scrollTop - pane.clientHeight);";

    @Order(1)
    @RegisterExtension
    static final TestServer SERVER = new TestServer(ChatServers.settings());

    @Order(2)
    @RegisterExtension
    static final Browser BROWSER = new Browser();

    @Test
    void twoPagesChat() {
        ChatPage ada = chat();
        ChatPage grace = chat();
        ada.name("Ada");
        grace.name("Grace");

        ada.say("Is this thing on?");
        grace.awaitLast("Ada: Is this thing on?");
        grace.type("It is.");
        grace.click("#composer button");
        ada.awaitLast("Grace: It is.");

        assertEquals(List.of("Ada (you): Is this thing on?", "Grace: It is."), ada.said());
        assertEquals(List.of("Ada: Is this thing on?", "Grace (you): It is."), grace.said());
        assertEquals("", ada.value("#text"));
        assertEquals("", grace.value("#text"));
        assertEquals("text", grace.focused());
        assertFalse(ada.isShown("#notice"));
    }

    @Test
    void aPlainClientReadsAndWritesTheSameMessages() throws Exception {
        ChatPage ada = chat();
        ada.name("Ada");
        try (PlainClient plain = new PlainClient(SERVER.port())) {
            ada.say("hello");
            ada.awaitLast("Ada (you): hello");
            ada.await("the text", () -> plain.texts().equals(List.of("Ada: hello")));

            plain.send("Grace: at ten: tea");
            ada.awaitLast("Grace: at ten: tea");
            plain.send("without a name");
            ada.awaitLast("without a name");
            plain.send("{\"also\": \"without\"}");
            ada.awaitLast("{\"also\": \"without\"}");
            plain.send("Ada: hello");
            ada.awaitLast("Ada: hello");
            plain.send(new byte[] {1, 2, 3});
            ada.awaitInLog("binary, 3 bytes");
        }
    }

    @Test
    void theHubsOwnMessageIsShownAsTheHubs() throws Exception {
        ChatPage page = chat();
        URI benchmark = URI.create("http://127.0.0.1:" + SERVER.port() + "/benchmark");
        try (HttpClient http = HttpClient.newHttpClient()) {
            http.send(HttpRequest.newBuilder(benchmark).build(), BodyHandlers.discarding());
        }
        page.awaitInLog("Hub: test message");
        assertEquals(List.of(), page.said());
    }

    @Test
    void emptyInputIsNotSent() {
        ChatPage page = chat();
        page.name("Ada");
        try (PlainClient plain = new PlainClient(SERVER.port())) {
            page.type(Keys.ENTER);
            page.click("#composer button");
            page.say("   ");
            page.run("document.getElementById('text').value = ''; return true;");
            page.say("something");
            page.awaitLast("Ada (you): something");
            page.await("the text", () -> !plain.texts().isEmpty());
            assertEquals(List.of("Ada: something"), plain.texts());
        }
    }

    @Test
    void shiftAndEnterMakeALine() {
        ChatPage page = chat();
        page.name("Ada");
        page.type("one");
        page.type(Keys.chord(Keys.SHIFT, Keys.ENTER));
        page.say("two");
        page.awaitLast("Ada (you): one\ntwo");
    }

    @Test
    void aTextThatIsTooLongStaysInTheInput() {
        ChatPage page = chat();
        page.run("document.getElementById('text').value = 'x'.repeat(2001); return true;");
        page.type(Keys.ENTER);
        assertEquals(
                "Nothing was sent: 2001 characters, and at most 2000 are possible.",
                page.text("#warning"));
        assertEquals(2001, page.value("#text").length());
        assertEquals(List.of(), page.said());
    }

    @Test
    void theLogFollowsOnlyWhenItIsAtItsEnd() {
        ChatPage page = chat();
        try (PlainClient plain = new PlainClient(SERVER.port())) {
            IntStream.range(0, 60).forEach(i -> plain.send("Grace: line " + i));
            page.awaitLast("Grace: line 59");
            page.await("the end", () -> page.run(FROM_THE_END).equals(0L));
            assertFalse(page.isShown("#more"));

            page.run("document.getElementById('pane').scrollTop = 100; return true;");
            page.await("to be elsewhere", () -> !page.run(FROM_THE_END).equals(0L));
            plain.send("Grace: unseen");
            page.awaitLast("Grace: unseen");
            assertEquals(100L, page.run("return document.getElementById('pane').scrollTop"));
            assertEquals("1 new message", page.text("#more"));

            page.click("#more");
            page.await("the end", () -> page.run(FROM_THE_END).equals(0L));
            assertFalse(page.isShown("#more"));
            plain.send("Grace: seen");
            page.awaitLast("Grace: seen");
            page.await("the end", () -> page.run(FROM_THE_END).equals(0L));
        }
    }

    @Test
    void aNameIsKeptOverAReloadAndByANewPage() {
        ChatPage page = chat();
        assertNotEquals("", page.value("#name"));
        page.name("  Ada:  Lovelace and her machine");
        assertEquals("Ada Lovelace and her", page.value("#name"));

        page.reload();
        page.awaitState("Connected");
        assertEquals("Ada Lovelace and her", page.value("#name"));
        assertEquals("Ada Lovelace and her", chat().value("#name"));
    }

    @Test
    void aNameOfNothingBecomesTheOneBefore() {
        ChatPage page = chat();
        page.name("Ada");
        page.name(" :\u200b");
        assertEquals("Ada", page.value("#name"));
    }

    @Test
    void deniedStoragesOnlyForget() {
        ChatPage page = BROWSER.window();
        page.beforeLoading(
                """
                for (const storage of ['localStorage', 'sessionStorage']) {
                    Object.defineProperty(globalThis, storage, {
                        get() { throw new DOMException('denied', 'SecurityError'); }
                    });
                }
                """);
        page.visit(SERVER.port());
        page.awaitState("Connected");
        page.name("Ada");
        page.say("hello");
        page.awaitLast("Ada (you): hello");
    }

    @ParameterizedTest
    @CsvSource({"360, 640", "390, 844", "1280, 800"})
    void fitsItsWindow(int width, int height) {
        ChatPage page = BROWSER.window();
        page.fitTo(width, height);
        page.visit(SERVER.port());
        page.awaitState("Connected");
        assertFits(page, width);
        page.name("W".repeat(24));
        page.type("W".repeat(500));
        assertFits(page, width);
        page.type(Keys.ENTER);
        page.awaitInLog("WWW");
        assertFits(page, width);
        assertTrue(page.isShown("#composer button"));
    }

    @Test
    void everythingIsReachedByKeyboardAndHasALabel() {
        ChatPage page = chat();
        String[] order = new String[4];
        for (int i = 0; i < order.length; i++) {
            page.press(Keys.TAB);
            order[i] = page.focused();
        }
        assertEquals(List.of("rooms-link", "pane", "name", "text"), List.of(order));
        assertEquals(
                List.of("Your name", "Message"),
                page.run(
                        "return ['name', 'text'].map((id) =>"
                                + "document.getElementById(id).labels[0].innerText)"));
        assertEquals(
                "polite",
                page.run("return document.querySelector('[role=log]').ariaLive ?? 'polite'"));
    }

    private static ChatPage chat() {
        return BROWSER.chat(SERVER.port());
    }

    private static void assertFits(ChatPage page, int width) {
        Object widest = page.run("return document.documentElement.scrollWidth");
        assertEquals((long) width, widest);
        assertEquals((long) width, page.run("return innerWidth"));
    }
}
