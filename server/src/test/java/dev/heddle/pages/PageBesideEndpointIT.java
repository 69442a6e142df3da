package dev.heddle.pages;

import dev.heddle.support.Browser;
import dev.heddle.support.ChatPage;
import dev.heddle.support.PlainClient;
import dev.heddle.support.RoomsPage;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.Map;

/// Pages whose path is an endpoint too.
class PageBesideEndpointIT {
    @Order(1)
    @RegisterExtension
    static final TestServer SERVER =
            new TestServer(
                    TestServer.configured(
                            Map.of(
                                    "HEDDLE_WS_PATHS", "/,/ws",
                                    "HEDDLE_ACC_PATHS", "/acc,/hub",
                                    "HEDDLE_DEADLINES_HEAD", "1s")));

    @Order(2)
    @RegisterExtension
    static final Browser BROWSER = new Browser();

    @Test
    void thePageOfRoomsOpensWhereTheHubIs() {
        RoomsPage ada = BROWSER.roomsWindow().enterAs(SERVER.port(), "Ada");
        RoomsPage grace = BROWSER.roomsWindow().enterAs(SERVER.port(), "Grace");
        ada.say("hello from /");
        grace.awaitLast("Ada: hello from /");
    }

    @Test
    void thePageOfTheHubHearsWhoDialsTheRoot() {
        ChatPage page = BROWSER.chat(SERVER.port());
        try (PlainClient client = new PlainClient(SERVER.port(), "/")) {
            client.send("hello from the root");
            page.awaitLast("hello from the root");
        }
    }
}
