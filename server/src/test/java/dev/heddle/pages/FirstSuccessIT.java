package dev.heddle.pages;

import dev.heddle.support.Browser;
import dev.heddle.support.Curl;
import dev.heddle.support.Document;
import dev.heddle.support.RoomsPage;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The first success of the README: two tabs, and the command that stands there.
class FirstSuccessIT {
    @Order(1)
    @RegisterExtension
    static final TestServer SERVER = new TestServer(ChatServers.settings());

    @Order(2)
    @RegisterExtension
    static final Browser BROWSER = new Browser();

    @Test
    void whatIsSentFromAShellAppearsInBothTabs() throws Exception {
        RoomsPage ada = BROWSER.roomsWindow().enterAs(SERVER.port(), "Ada");
        RoomsPage grace = BROWSER.roomsWindow().enterAs(SERVER.port(), "Grace");
        ada.say("Hello");
        grace.awaitLast("Ada: Hello");
        Curl.runAll(Document.read("README.md").code("bash").getFirst(), SERVER.heddle());
        ada.awaitLast("shop: Hello, all");
        grace.awaitLast("shop: Hello, all");
    }
}
