package dev.heddle.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.support.Browser;
import dev.heddle.support.CuttingProxy;
import dev.heddle.support.PlainPage;
import dev.heddle.support.RoomsPage;
import dev.heddle.support.ServerProcess;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

import java.time.Duration;

/// What people see in the page of rooms and in the chat of the examples when the server is killed,
/// their laptop sleeps, their clock is wrong, or the network is gone for a while.
class PagesSurviveIT {
    private static final String CHAT = "/examples/chat.html?user=";
    private static final String[] ARGUMENTS = {"--set", "deadlines.head=1s"};

    /// More than a page waits for an answer that shows life.
    private static final Duration SLEEP = Duration.ofSeconds(7);

    @RegisterExtension static final Browser BROWSER = new Browser();

    @Test
    void theServerIsKilled() throws Exception {
        try (ServerProcess first = new ServerProcess("", ARGUMENTS);
                CuttingProxy network = new CuttingProxy(first.port())) {
            RoomsPage ada = BROWSER.roomsWindow().enterAs(network.port(), "Ada");
            PlainPage bob = chat(network.port(), "Bob");
            first.signal("KILL");
            first.awaitEnd(60);
            ada.awaitNote("Connection lost. The connection broke, or the server could not be");
            bob.awaitIn("#line", "The connection broke, or the server could not be reached.");
            try (ServerProcess second = new ServerProcess("", ARGUMENTS)) {
                network.leadTo(second.port());
                ada.awaitState("Connected");
                ada.awaitNote("Connected again. Messages sent in between are lost.");
                bob.awaitIn("#line", "Messages sent in between are lost.");
                bothHearEachOther(ada, bob);
                assertEquals(2, ada.notes().stream().filter(n -> n.startsWith("Connect")).count());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"right", "wrong"})
    void theNetworkIsGoneForAWhile(String clock) throws Exception {
        try (RestartableServer server = new RestartableServer();
                CuttingProxy network = new CuttingProxy(server.port())) {
            RoomsPage ada = BROWSER.roomsWindow();
            PlainPage bob = BROWSER.plainWindow();
            if (clock.equals("wrong")) {
                String wrong = "const now = Date.now; Date.now = () => now() + 1e10;";
                ada.beforeLoading(wrong);
                bob.beforeLoading(wrong);
            }
            ada.enterAs(network.port(), "Ada");
            chat(bob, network.port(), "Bob");
            RoomsPage grace = BROWSER.roomsWindow().enterAs(server.port(), "Grace");
            network.freeze();
            network.reset();
            ada.awaitNote("Connection lost.");
            bob.awaitIn("#line", "Disconnected at");
            grace.say("Is anybody there?");
            grace.awaitLast("Grace (you): Is anybody there?");
            network.thaw();
            ada.awaitNote("Connected again. All messages sent in between are here.");
            ada.awaitLast("Grace: Is anybody there?");
            bob.awaitIn("#line", "No messages were missed.");
            bob.awaitIn("#log li:last-child", "Grace Is anybody there?");
            bothHearEachOther(ada, bob);
        }
    }

    @Test
    void aSleepThatTheConnectionOutlivesIsNothingToSpeakOf() throws Exception {
        try (RestartableServer server = new RestartableServer()) {
            RoomsPage ada = BROWSER.roomsWindow().enterAs(server.port(), "Ada");
            PlainPage bob = chat(server.port(), "Bob");
            RoomsPage grace = BROWSER.roomsWindow().enterAs(server.port(), "Grace");
            ada.awaitNote("Grace joined.");
            ada.freeze();
            bob.freeze();
            grace.say("Sleep well.");
            grace.awaitLast("Grace (you): Sleep well.");
            Thread.sleep(SLEEP);
            ada.unfreeze();
            bob.unfreeze();
            ada.awaitLast("Grace: Sleep well.");
            bob.awaitIn("#log li:last-child", "Grace Sleep well.");
            bothHearEachOther(ada, bob);
            assertEquals("You are Bob.", bob.text("#line"));
            assertEquals(0, ada.notes().stream().filter(n -> n.startsWith("Connect")).count());
        }
    }

    @Test
    void aSleepThatTheConnectionDoesNotOutliveIsMadeGood() throws Exception {
        try (RestartableServer server = new RestartableServer();
                CuttingProxy network = new CuttingProxy(server.port())) {
            RoomsPage ada = BROWSER.roomsWindow().enterAs(network.port(), "Ada");
            PlainPage bob = chat(network.port(), "Bob");
            RoomsPage grace = BROWSER.roomsWindow().enterAs(server.port(), "Grace");
            ada.freeze();
            bob.freeze();
            network.reset();
            grace.say("Sleep well.");
            grace.awaitLast("Grace (you): Sleep well.");
            Thread.sleep(SLEEP);
            ada.unfreeze();
            bob.unfreeze();
            ada.awaitNote("Connected again. All messages sent in between are here.");
            ada.awaitLast("Grace: Sleep well.");
            bob.awaitIn("#line", "No messages were missed.");
            bothHearEachOther(ada, bob);
        }
    }

    @Test
    void aBrowserThatGoesOfflineAsksWhetherTheConnectionIsGood() throws Exception {
        try (RestartableServer server = new RestartableServer();
                CuttingProxy network = new CuttingProxy(server.port())) {
            PlainPage bob = chat(network.port(), "Bob");
            network.freeze();
            bob.setOffline(true);
            bob.awaitIn("#line", "Disconnected at");
            network.thaw();
            bob.setOffline(false);
            bob.awaitIn("#line", "No messages were missed.");
        }
    }

    private static PlainPage chat(int port, String name) {
        return chat(BROWSER.plainWindow(), port, name);
    }

    private static PlainPage chat(PlainPage page, int port, String name) {
        page.visit(port, CHAT + name);
        page.awaitIn("#line", "You are " + name + '.');
        return page;
    }

    private static void bothHearEachOther(RoomsPage ada, PlainPage bob) {
        bob.typeInto("#text", "Hello, Ada", Keys.ENTER);
        ada.awaitLast("Bob: Hello, Ada");
        ada.say("Hello, Bob");
        bob.awaitIn("#log li:last-child", "Ada Hello, Bob");
    }
}
