package dev.heddle.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.support.Browser;
import dev.heddle.support.ChatPage;
import dev.heddle.support.PlainClient;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.stream.IntStream;

/// Whatever others send, it stays text, and the page stays usable.
class ChatPageTextIT {
    private static final String ELEMENTS =
            "return new Set(Array.from(document.querySelectorAll('#log *'), (e) => e.localName))"
                    + ".difference(new Set(['div', 'span', 'bdi', 'p', 'time', 'strong'])).size";

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
                "<svg onload=window.pwned=1>",
                "<style>*{display:none}</style>",
                "<a href=\"javascript:window.pwned=1\">here</a>",
                "&lt;b&gt; &amp; &#x3c;i&#x3e;",
                "${window.pwned=1} {{constructor.constructor('window.pwned=1')()}}",
                "\u202Egnorw si siht",
                "\u2066\u2067\u202D\u202A never closed",
                "Z" + "\u0301\u0335\u0489\u0311".repeat(2_500),
                "w".repeat(100_000),
                "\n".repeat(10_000) + "far below",
                "\0\1\u001b[2J\u007f\ufeff\ufffe",
                "\ud83e\udddf".repeat(5_000),
                "long ".repeat(200_000));
    }

    /// Safari ends a composition first and then tells of its Enter, with this number.
    @Test
    void anEnterThatEndsACompositionSendsNothing() {
        ChatPage page = BROWSER.window();
        page.visit(SERVER.port());
        page.awaitState("Connected");
        page.name("Ada");
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
    void aHostileTextStaysText(String hostile) {
        ChatPage page = BROWSER.window();
        page.fitTo(390, 844);
        page.visit(SERVER.port());
        page.awaitState("Connected");
        page.name("Ada");
        try (PlainClient mallory = new PlainClient(SERVER.port())) {
            mallory.send(hostile);
            mallory.send("Mallory: " + hostile);
            mallory.send(hostile.substring(0, Math.min(hostile.length(), 20)) + ": as a name");
            page.await("three messages", () -> page.said().size() == 3);
        }
        List<String> said = page.said();
        assertShows(hostile, said.get(0));
        assertTrue(said.get(1).startsWith("Mallory: "), said.get(1));
        assertShows(hostile, said.get(1).substring("Mallory: ".length()));
        assertEquals(0L, page.run(ELEMENTS));
        assertEquals("undefined", page.run("return typeof window.pwned"));
        assertEquals(390L, page.run("return document.documentElement.scrollWidth"));

        page.say("still here");
        page.awaitLast("Ada (you): still here");
        assertTrue(page.isShown("#log .entry:last-child"));
    }

    @Test
    void aTextEndsWhereItsDirectionDoes() {
        ChatPage page = BROWSER.chat(SERVER.port());
        try (PlainClient mallory = new PlainClient(SERVER.port())) {
            mallory.send("Mal\u202Elory: \u202Etxet");
            page.awaitInLog("txet");
        }
        assertEquals(
                List.of("isolate", "isolate"),
                page.run(
                        "return ['.who bdi', '.text p'].map((part) => getComputedStyle("
                                + "document.querySelector('#log ' + part)).unicodeBidi)"));
    }

    @Test
    void aLongTextIsCutWithANote() {
        ChatPage page = BROWSER.chat(SERVER.port());
        try (PlainClient plain = new PlainClient(SERVER.port())) {
            plain.send("Grace: " + "a".repeat(1_000_000));
            page.awaitInLog("… 998,000 more characters");
        }
        assertEquals("Grace: ".length() + 2_000, page.said().getFirst().length());
    }

    @Test
    void aFloodLeavesTheLastMessagesAndAPageThatAnswers() {
        ChatPage page = BROWSER.chat(SERVER.port());
        page.name("Ada");
        try (PlainClient plain = new PlainClient(SERVER.port())) {
            IntStream.range(0, 5_000).forEach(i -> plain.send("Voice " + i % 20 + ": line " + i));
            page.awaitLast("Voice 19: line 4999");
        }
        List<String> said = page.said();
        assertEquals(500, said.size());
        assertEquals("Voice 0: line 4500", said.getFirst());
        page.say("still here");
        page.awaitLast("Ada (you): still here");
    }

    @Test
    void anInlineScriptWouldNotRun() {
        ChatPage page = BROWSER.chat(SERVER.port());
        page.run(
                """
                const script = document.createElement('script');
                script.textContent = 'window.pwned = 1';
                document.body.append(script);
                return true;
                """);
        assertEquals("undefined", page.run("return typeof window.pwned"));
        assertFalse(BROWSER.takeViolations().isEmpty());
    }

    private static void assertShows(String hostile, String shown) {
        assertTrue(hostile.startsWith(shown), () -> "not from the start of the text: " + shown);
        assertTrue(shown.length() >= Math.min(hostile.length(), 50), () -> "too short: " + shown);
    }
}
