package dev.heddle.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.heddle.support.Browser;
import dev.heddle.support.PlainClient;
import dev.heddle.support.RoomsPage;
import dev.heddle.support.TestServer;
import dev.heddle.user.Message;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Map;

/// Whatever others are called and send, it stays text, and the page of rooms stays usable.
class RoomsPageTextIT {
    private static final String ELEMENTS =
            "return new Set(Array.from(document.querySelectorAll('.log *, #side ul *'),"
                    + " (e) => e.localName)).difference(new Set("
                    + "['div', 'span', 'bdi', 'p', 'time', 'strong', 'li', 'button'])).size";

    /// Writes lone surrogates too, which no UTF-8 can say.
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    @Order(1)
    @RegisterExtension
    static final TestServer SERVER = new TestServer(ChatServers.settings());

    @Order(2)
    @RegisterExtension
    static final Browser BROWSER = new Browser();

    static List<String> hostileTexts() {
        return List.of(
                "<img src=x onerror=\"window.pwned=1\">",
                "</script><script>window.pwned=1</script>",
                "<style>*{display:none}</style>",
                "&lt;b&gt; &amp; &#x3c;i&#x3e;",
                "\u202Egnorw si siht",
                "Z" + "\u0301\u0335\u0489\u0311".repeat(1_000),
                "w".repeat(10_000),
                "\n".repeat(10_000) + "far below",
                "\0\1\u001b[2J\u007f\ufeff\ufffe",
                "\u2028\ud800 lone");
    }

    static List<String> hostileNames() {
        return List.of(
                "<b onclick=a()>x",
                "<script>a()</script>".substring(0, 19),
                "\"]'><i>",
                "\u202EadA",
                "Ada ",
                "A\u00a0da",
                "\u200bAda",
                "&lt;Ada");
    }

    /// Safari ends a composition first and then tells of its Enter, with this number.
    @Test
    void anEnterThatEndsACompositionSendsNothing() {
        RoomsPage page = BROWSER.roomsWindow().enterAs(SERVER.port(), "Ada");
        assertEquals(
                "true true false ",
                page.run(
                        """
                        const field = document.getElementById('text');
                        field.value = 'にほん';
                        const isLeft = (how) =>
                            field.dispatchEvent(new KeyboardEvent('keydown',
                                { key: 'Enter', bubbles: true, cancelable: true, ...how }));
                        const left = [{ keyCode: 229 }, { isComposing: true }, { keyCode: 13 }];
                        return `${left.map(isLeft).join(' ')} ${field.value}`;
                        """));
        page.awaitLast("Ada (you): にほん");
    }

    @ParameterizedTest(name = "text {index}")
    @MethodSource("hostileTexts")
    void aHostileTextStaysText(String hostile) throws JsonProcessingException {
        RoomsPage page = BROWSER.roomsWindow();
        page.fitTo(390, 844);
        page.enterAs(SERVER.port(), "Ada");
        try (PlainClient mallory = logIn("Mallory")) {
            mallory.send(request("msgAll", Map.of("message", hostile)));
            mallory.send(request("msg", Map.of("userID", "Ada", "message", hostile)));
            page.await("two messages", () -> page.texts(".log .message").size() == 2);
        }
        String said = page.said().getFirst();
        assertTrue(said.startsWith("Mallory: "), said);
        page.awaitNote("Mallory left.");
        assertHarmless(page);
        page.say("still here");
        page.awaitLast("Ada (you): still here");
    }

    @ParameterizedTest(name = "name {index}")
    @MethodSource("hostileNames")
    void aHostileNameStaysText(String hostile) throws JsonProcessingException {
        RoomsPage page = BROWSER.roomsWindow();
        page.fitTo(390, 844);
        page.enterAs(SERVER.port(), "Ada");
        try (PlainClient mallory = logIn(hostile)) {
            page.await("two people", () -> page.people().size() == 2);
            mallory.send(request("msgAll", Map.of("message", "to all")));
            mallory.send(request("msg", Map.of("userID", "Ada", "message", "to Ada")));
            page.await("two messages", () -> page.texts(".log .message").size() == 2);
            assertHarmless(page);
            String shown = page.people().getLast();
            assertTrue(!shown.trim().equals("Ada"), shown);
            page.click("#side-button");
            page.await("the list", () -> page.isShown("#side"));
            page.run("document.querySelector('#members button').click(); return true;");
            page.awaitLast(shown + ": to Ada");
            page.say("back to you");
            page.awaitLast("Ada (you): back to you");
            mallory.send(request("msg", Map.of("userID", "Ada", "message", "got it")));
            page.awaitLast(shown + ": got it");
        }
        assertHarmless(page);
    }

    @Test
    void whatCannotBeSeenInANameIsSaid() {
        RoomsPage page = BROWSER.roomsWindow().enterAs(SERVER.port(), "Ada");
        assertEquals(
                List.of(
                        "⟨U+202E⟩adA",
                        "Ada␣",
                        "␣Ada",
                        "A␣da",
                        "A ␣da",
                        "⟨U+0000⟩⟨U+2028⟩",
                        "Ada Lovelace",
                        "👩‍💻 Ada"),
                page.run(
                        """
                        return import('/message.js').then(({ visibleName }) => [
                            '\\u202eadA', 'Ada ', ' Ada', 'A\\u00a0da', 'A  da', '\\0\\u2028',
                            'Ada Lovelace', '\\u{1f469}\\u200d\\u{1f4bb} Ada'
                        ].map(visibleName));
                        """));
    }

    @Test
    void aMessageThatBearsTheNumberOfARequestIsNotItsReply() {
        RoomsPage page = BROWSER.roomsWindow().enterAs(SERVER.port(), "Ada");
        Object outcome =
                page.run(
                        """
                        const pushes = [];
                        const sent = [];
                        class Server {
                            static OPEN = 1;
                            readyState = 1;
                            constructor() {
                                setTimeout(() => this.onopen());
                            }
                            close() {}
                            send(text) {
                                sent.push([JSON.parse(text), this]);
                            }
                        }
                        window.WebSocket = Server;
                        return import('/heddle.js').then(async ({ Heddle }) => {
                            const heddle = new Heddle('ws://nowhere');
                            heddle.addEventListener('push', ({ detail }) => pushes.push(detail.seq));
                            const reply = heddle.request('msg');
                            while (sent.length === 0) {
                                await new Promise((resolve) => setTimeout(resolve));
                            }
                            const [{ seq }, server] = sent[0];
                            const come = (it) => server.onmessage({ data: JSON.stringify(it) });
                            const from = { target: '', type: 'text', msg: '', from: 'Mallory' };
                            come({ seq, cmd: 'msg', response: { code: 1000, codeMsg: '', data: from } });
                            come({ seq, cmd: 'heartbeat', response: { code: 1000, codeMsg: '' } });
                            server.onmessage({ data: 'no JSON' });
                            come({ seq, cmd: 'msg', response: { code: 200, data: { sendResults: true } } });
                            return [pushes.length, pushes[0] === seq, (await reply).sendResults];
                        });
                        """);
        assertEquals(List.of(1L, true, true), outcome);
    }

    @Test
    void aDirectMessageThatSaysNoSenderIsTheServersAndNotTheRooms() {
        RoomsPage page = BROWSER.roomsWindow().enterAs(SERVER.port(), "Ada");
        assertTrue(
                SERVER.heddle()
                        .rooms()
                        .send(101, "Ada", new Message("", "", "Your parcel").to("Ada")));
        String conversation = "talk 101 the server, unsigned";
        page.await("a count", () -> page.unread(conversation).equals("1 unread"));
        assertEquals(List.of(), page.said());
        page.click("[data-key='" + conversation + "']");
        page.awaitLast("the server, unsigned: Your parcel");
        page.say("Thanks");
        page.await(
                "a warning",
                () ->
                        page.text("#warning")
                                .equals(
                                        "Nothing was sent. The server says: bad user id."
                                                + " (1002)"));
    }

    private static PlainClient logIn(String name) throws JsonProcessingException {
        PlainClient client = new PlainClient(SERVER.port(), "/acc");
        client.send(request("login", Map.of("appID", 101, "userID", name)));
        return client;
    }

    private static String request(String cmd, Map<String, ?> data) throws JsonProcessingException {
        return JSON.writeValueAsString(Map.of("seq", "1", "cmd", cmd, "data", data));
    }

    private static void assertHarmless(RoomsPage page) {
        assertEquals(0L, page.run(ELEMENTS));
        assertEquals("undefined", page.run("return typeof window.pwned"));
        assertEquals(390L, page.run("return document.documentElement.scrollWidth"));
    }
}
