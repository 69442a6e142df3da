package dev.heddle.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.support.Browser;
import dev.heddle.support.ChatPage;
import dev.heddle.support.TestCertificate;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.List;

/// The page of the raw hub over `https://` and `wss://`.
class TlsPageIT {
    @Order(1)
    @RegisterExtension
    static final TestServer SERVER =
            new TestServer(TestServer.configured(TestCertificate.ofItsOwn().variables()));

    @Order(2)
    @RegisterExtension
    static final Browser BROWSER = new Browser("--ignore-certificate-errors");

    @Test
    void talksOverTls() {
        ChatPage ada = chat();
        ChatPage grace = chat();
        ada.name("Ada");
        ada.say("over TLS");
        grace.awaitLast("Ada: over TLS");
        assertEquals(List.of("Ada: over TLS"), grace.said());
    }

    private static ChatPage chat() {
        ChatPage page = BROWSER.window();
        page.visit("https", SERVER.port(), "/hub");
        page.awaitState("Connected");
        return page;
    }
}
