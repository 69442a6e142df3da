package dev.heddle.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.support.Browser;
import dev.heddle.support.RoomsPage;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

import java.util.List;
import java.util.stream.IntStream;

/// The page of rooms and direct messages in a real browser, connected to a real server.
class RoomsPageIT {
    private static final String ROOM_101 = "enter 101";
    private static final String ROOM_102 = "enter 102";

    @Order(1)
    @RegisterExtension
    static final TestServer SERVER = new TestServer(ChatServers.settings());

    @Order(2)
    @RegisterExtension
    static final Browser BROWSER = new Browser();

    @Test
    void threePeopleInTwoRooms() {
        RoomsPage ada = enter("Ada");
        RoomsPage grace = enter("Grace");
        RoomsPage linus = enter("Linus");
        ada.awaitNote("Grace joined.");
        ada.awaitNote("Linus joined.");
        ada.awaitPeople("Ada (you)", "Grace", "Linus");
        grace.awaitPeople("Grace (you)", "Ada", "Linus");
        linus.awaitPeople("Linus (you)", "Ada", "Grace");

        ada.room(102);
        linus.room(102);
        ada.awaitPeople("Ada (you)", "Linus");
        linus.awaitPeople("Linus (you)", "Ada");

        grace.say("Where is everybody?");
        grace.awaitLast("Grace (you): Where is everybody?");
        linus.say("Here, in 102.");
        ada.awaitLast("Linus: Here, in 102.");
        ada.await("a count", () -> ada.unread(ROOM_101).equals("1 unread"));
        assertEquals("", ada.unread(ROOM_102));
        assertEquals("(1) Room 102 · Heddle", ada.title());
        ada.room(101);
        ada.awaitLast("Grace: Where is everybody?");
        ada.await("nothing unread", () -> ada.title().equals("Room 101 · Heddle"));
        assertEquals("", ada.unread(ROOM_101));
        assertEquals(List.of("Grace (you): Where is everybody?"), grace.said());

        linus.leave(101);
        ada.awaitNote("Linus left.");
        ada.awaitPeople("Ada (you)", "Grace");
        grace.awaitPeople("Grace (you)", "Ada");
        grace.visit(SERVER.port(), "/hub");
        ada.awaitNote("Grace left.");
        ada.awaitPeople("Ada (you)");
    }

    @Test
    void aDirectMessageIsForOnePersonAlone() {
        RoomsPage ada = enter("Ada");
        RoomsPage grace = enter("Grace");
        RoomsPage linus = enter("Linus");
        grace.person("Ada");
        grace.say("Ada, a word?");
        grace.awaitLast("Grace (you): Ada, a word?");
        grace.say("It is about the loom.");
        ada.await("a count", () -> ada.unread("talk 101 Grace").equals("2 unread"));
        assertEquals("(2) Room 101 · Heddle", ada.title());
        assertEquals(List.of(), ada.said());

        ada.click("[data-key='talk 101 Grace']");
        ada.awaitLast("Grace: It is about the loom.");
        assertEquals("Grace", ada.text("#where"));
        assertEquals("", ada.unread("talk 101 Grace"));
        ada.say("Two.");
        grace.awaitLast("Ada: Two.");
        grace.room(101);
        assertEquals(List.of(), grace.said());
        linus.say("So quiet.");
        grace.awaitLast("Linus: So quiet.");
        assertEquals(List.of("Linus (you): So quiet."), linus.said());
        assertEquals(List.of(), linus.texts("#directs li"));
    }

    @Test
    void whatIsSaidToSomebodyWhoIsAwayIsMarkedAsNotDelivered() {
        RoomsPage ada = enter("Ada");
        RoomsPage grace = enter("Grace");
        ada.person("Grace");
        ada.say("Hello");
        ada.awaitLast("Ada (you): Hello");
        grace.leave(101);
        ada.awaitNote("Grace left.");
        ada.await("away", () -> ada.text("#whereabouts").equals("direct, in room 101, away"));
        ada.say("Still there?");
        ada.awaitLast("Ada (you): Still there? | Grace is not in this room, so nobody got this.");
    }

    @Test
    void whatIsTypedWaitsInItsConversation() {
        RoomsPage ada = enter("Ada");
        ada.typeInto("#text", "half a sentence");
        ada.room(102);
        assertEquals("", ada.value("#text"));
        ada.room(101);
        assertEquals("half a sentence", ada.value("#text"));
        ada.typeInto("#text", Keys.ENTER);
        ada.awaitLast("Ada (you): half a sentence");
        assertEquals("", ada.value("#text"));
    }

    @Test
    void emptyAndTooLongTextsAreNotSent() {
        RoomsPage ada = enter("Ada");
        RoomsPage grace = enter("Grace");
        ada.typeInto("#text", Keys.ENTER);
        ada.say("   ");
        ada.run("document.getElementById('text').value = 'x'.repeat(2001); return true;");
        ada.typeInto("#text", Keys.ENTER);
        assertEquals(
                "Nothing was sent: 2001 characters, and at most 2000 are possible.",
                ada.text("#warning"));
        ada.fill("#text", "something");
        ada.typeInto("#text", Keys.ENTER);
        grace.awaitLast("Ada: something");
        assertEquals(List.of("Ada: something"), grace.said());
        assertEquals("", ada.text("#warning"));
    }

    @Test
    void aNameIsCountedAsTheServerCounts() {
        RoomsPage page = BROWSER.roomsWindow();
        page.visit(SERVER.port(), "/");
        page.answer("x".repeat(20));
        assertEquals(
                "This name has 20 bytes, and at most 19 are possible.", page.text("#who-fault"));
        page.answer("織機織機織機織");
        assertEquals("21 of 19 bytes", page.text("#who-hint"));
        page.answer(" ");
        assertEquals("A name needs a visible character.", page.text("#who-fault"));
        page.answer("Ad\u202Ea");
        assertEquals("This name has an invisible character.", page.text("#who-fault"));
        page.press(Keys.ESCAPE);
        assertTrue(page.isShown("#who"));
        page.answer("織機織機織機x");
        page.awaitState("Connected");
        page.awaitPeople("織機織機織機x (you)");
    }

    @Test
    void anotherNameLeavesAndEntersAllRooms() {
        RoomsPage ada = enter("Ada");
        RoomsPage grace = enter("Grace");
        grace.room(102);
        grace.click("#change-name");
        grace.answer("Hopper");
        ada.awaitNote("Grace left.");
        ada.awaitNote("Hopper joined.");
        ada.awaitPeople("Ada (you)", "Hopper");
        grace.awaitState("Connected");
        grace.awaitPeople("Hopper (you)");
        grace.awaitNote("You are Hopper now.");
        grace.room(101);
        grace.awaitPeople("Hopper (you)", "Ada");
    }

    @Test
    void aTabThatIsLoadedAgainGoesOnAndAnotherOneAsks() {
        RoomsPage ada = enter("Ada");
        ada.room(103);
        ada.room(102);
        ada.reload();
        ada.awaitState("Connected");
        assertEquals("Room 102", ada.text("#where"));
        ada.awaitPeople("Ada (you)");
        ada.await("three rooms", () -> ada.texts(".room:not(.out)").size() == 3);

        RoomsPage other = BROWSER.roomsWindow();
        other.visit(SERVER.port(), "/");
        other.await("the card", () -> other.isShown("#who"));
        assertEquals("Ada", other.value("#who-name"));
    }

    @ParameterizedTest
    @CsvSource({
        "/home/index?appID=102, 102",
        "/home/index?appId=103, 103",
        "/home/index?appID=999, 101",
        "/home/index, 101",
        "/?appID=104, 104"
    })
    void theAddressNamesTheRoom(String path, int room) {
        RoomsPage page = BROWSER.roomsWindow();
        page.visit(SERVER.port(), path);
        page.answer("Ada");
        page.awaitState("Connected");
        assertEquals("Room " + room, page.text("#where"));
        assertTrue(page.place().endsWith("?appID=" + room), page::place);
    }

    @Test
    void whoHasLeftEveryRoomCanComeBackToWhatWasSaid() {
        RoomsPage ada = enter("Ada");
        ada.say("I was here.");
        ada.awaitLast("Ada (you): I was here.");
        ada.leave(101);
        assertTrue(ada.isShown("#nowhere"));
        assertFalse(ada.isShown("#composer"));
        ada.room(101);
        assertEquals(List.of("Ada (you): I was here."), ada.said());
    }

    @Test
    void theLogFollowsOnlyWhenItIsAtItsEnd() {
        RoomsPage ada = enter("Ada");
        RoomsPage grace = enter("Grace");
        IntStream.range(0, 40).forEach(i -> grace.say("line " + i));
        ada.awaitLast("Grace: line 39");
        ada.run("document.querySelector('.pane').scrollTop = 100; return true;");
        grace.say("unseen");
        ada.await("the button", () -> ada.isShown(".more"));
        assertEquals(100L, ada.run("return document.querySelector('.pane').scrollTop"));
        ada.room(102);
        grace.say("elsewhere");
        ada.await("a count", () -> ada.unread(ROOM_101).equals("1 unread"));
        ada.room(101);
        ada.await("two", () -> ada.text(".more").equals("2 new messages"));
        ada.click(".more");
        ada.await("gone", () -> !ada.isShown(".more"));
    }

    @ParameterizedTest
    @CsvSource({"360, 640", "390, 844", "1280, 800"})
    void fitsItsWindow(int width, int height) {
        RoomsPage page = BROWSER.roomsWindow();
        page.fitTo(width, height);
        page.visit(SERVER.port(), "/");
        assertFits(page, width);
        page.answer("W".repeat(19));
        page.awaitState("Connected");
        RoomsPage other = enter("M".repeat(19));
        page.awaitPeople("W".repeat(19) + " (you)", "M".repeat(19));
        page.say("W".repeat(500));
        page.awaitLast("W".repeat(19) + " (you): " + "W".repeat(500));
        assertFits(page, width);
        if (width < 640) {
            assertFalse(page.isShown("#side"));
            page.click("#side-button");
            page.await("the list", () -> page.isShown("#side"));
            assertFits(page, width);
            assertEquals("change-name", page.focused());
            page.press(Keys.ESCAPE);
            page.await("no list", () -> !page.isShown("#side"));
            assertEquals("side-button", page.focused());
            page.press(Keys.ENTER);
            page.await("the list", () -> page.isShown("#side"));
        }
        page.person("M".repeat(19));
        page.await("no list", () -> width >= 640 || !page.isShown("#side"));
        page.say("hello");
        other.await("a count", () -> other.title().startsWith("(1)"));
        assertFits(page, width);
        assertTrue(page.isShown("button[type=submit]"));
    }

    @Test
    void everythingIsReachedByKeyboardAndHasALabel() {
        RoomsPage page = enter("Ada");
        assertEquals("text", page.focused());
        Object unnamed =
                page.run(
                        """
                        return Array.from(
                                document.querySelectorAll('button, input, select, textarea'))
                            .filter((e) => !(e.labels?.[0]?.textContent.trim()
                                || e.ariaLabel || e.textContent.trim()))
                            .map((e) => e.outerHTML);
                        """);
        assertEquals(List.of(), unnamed);
        page.run("document.querySelector(\"[data-key='enter 102']\").focus(); return true;");
        page.press(Keys.ENTER);
        page.await("room 102", () -> page.text("#where").equals("Room 102"));
    }

    private static RoomsPage enter(String name) {
        return BROWSER.roomsWindow().enterAs(SERVER.port(), name);
    }

    private static void assertFits(RoomsPage page, int width) {
        assertEquals((long) width, page.run("return document.documentElement.scrollWidth"));
        assertEquals((long) width, page.run("return innerWidth"));
    }
}
