package dev.heddle.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.support.Browser;
import dev.heddle.support.HttpApi;
import dev.heddle.support.PlainPage;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The examples of `heddle.js`, served as they are.
class ExamplePagesIT {
    @Order(1)
    @RegisterExtension
    static final TestServer SERVER = new TestServer(ChatServers.settings());

    @Order(2)
    @RegisterExtension
    static final Browser BROWSER = new Browser();

    private final HttpApi api = new HttpApi();

    @Test
    void twoPeopleChatAndTheNextOneReadsIt() {
        PlainPage ada = open("chat", 1280);
        PlainPage bob = BROWSER.plainWindow();
        bob.visit(SERVER.port(), "/examples/chat.html?user=Bob");
        bob.awaitIn("#line", "You are Bob.");
        ada.typeInto("#text", "<b>Hello</b>", Keys.ENTER);
        bob.awaitIn("#log li:last-child", "Ada <b>Hello</b>");
        bob.typeInto("#text", "Hi", Keys.ENTER);
        ada.awaitIn("#log li:last-child", "Bob Hi");
        ada.awaitIn("#log .own", "Ada <b>Hello</b>");
        PlainPage carla = open("chat", 390);
        carla.awaitIn("#log li:last-child", "Bob Hi");
    }

    @Test
    void pricesChange() throws Exception {
        api.publish(internalPort(), "price:linen", "12.5");
        PlainPage page = open("prices", 1280);
        page.awaitIn("#prices tr:first-child", "12.50");
        api.publish(internalPort(), "price:linen", "13");
        page.awaitIn("#prices tr:first-child .up", "▲ 0.50");
        api.publish(internalPort(), "price:linen", "11");
        page.awaitIn("#prices tr:first-child .down", "▼ 2.00");
        page.awaitIn("#line", "Live.");
    }

    @Test
    void theBellRingsForItsUserAlone() throws Exception {
        PlainPage page = open("bell", 1280);
        page.awaitIn("#line", "Listening.");
        api.publish(internalPort(), "user:Bob", "\"not for Ada\"");
        api.publish(internalPort(), "user:Ada", "\"Your parcel is on its way\"");
        page.awaitIn("#count", "1");
        assertEquals(List.of("Your parcel is on its way"), page.texts("#news li"));
        page.click("#bell");
        assertEquals("0", page.text("#count"));
        assertEquals(List.of(), page.texts("#news .new"));
    }

    /// In a shell in which `curl` says what it was given, one argument a line.
    @ParameterizedTest
    @ValueSource(strings = {"Ada", "a'b\"$(id)`id`", "a b;c|d&e>f", "\\ü#?%/!*~"})
    void theCommandThatRingsTheBellIsSafeToCopyAndNamesThisServer(String user) throws Exception {
        PlainPage page = BROWSER.plainWindow();
        String query = URLEncoder.encode(user, StandardCharsets.UTF_8);
        page.visit(SERVER.port(), "/examples/bell.html?user=" + query);
        page.awaitIn("#line", "Listening.");
        List<String> command =
                List.of("sh", "-c", "curl() { printf '%s\\n' \"$@\"; }; " + page.text("#how"));
        Process shell = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> words = shell.inputReader(StandardCharsets.UTF_8).lines().toList();
        assertEquals("--json", words.getFirst());
        String base = "http://127.0.0.1:" + internalPort() + "/api/v1/";
        assertEquals(3, words.size(), words::toString);
        assertTrue(words.getLast().startsWith(base), words::toString);
        api.call(internalPort(), "POST", words.getLast().substring(base.length()), words.get(1));
        page.awaitIn("#news li", "Your parcel is on its way");
    }

    @ParameterizedTest
    @CsvSource({
        "chat, 360",
        "chat, 1280",
        "prices, 360",
        "prices, 1280",
        "bell, 360",
        "bell, 1280"
    })
    void fitsItsWindow(String name, int width) {
        PlainPage page = open(name, width);
        assertEquals((long) width, page.run("return document.documentElement.scrollWidth"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat", "prices", "bell"})
    void isShorterThan60Lines(String name) throws IOException {
        long lines = 0;
        for (String ending : List.of(".html", ".js")) {
            Path file = Path.of("..", "client-html", "examples", name + ending);
            lines += Files.readAllLines(file).size();
        }
        long all = lines;
        assertTrue(lines < 60, () -> name + " has " + all);
    }

    private static PlainPage open(String name, int width) {
        PlainPage page = BROWSER.plainWindow();
        page.fitTo(width, 700);
        page.visit(SERVER.port(), "/examples/" + name + ".html?user=Ada");
        page.await("connected", () -> !page.text("#line").equals("Connecting …"));
        return page;
    }

    private static int internalPort() {
        return SERVER.heddle().internalPort();
    }
}
