package dev.heddle.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.heddle.Heddle;
import dev.heddle.support.Browser;
import dev.heddle.support.RoomsPage;
import dev.heddle.support.TestServer;
import dev.heddle.support.TokenKey;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What the page of rooms does and says when the server does not let it in.
class RoomsPageLoginIT {
    private static final TokenKey KEY = TokenKey.of("ES256");
    private static final TokenKey OTHER_KEY = TokenKey.of("ES256");

    @RegisterExtension static final Browser BROWSER = new Browser();

    @Test
    void asksForATokenAndKeepsItNowhere() throws IOException {
        String token = KEY.token(claims("Ada", 3600));
        try (Heddle server = start(Map.of("HEDDLE_TOKEN_KEY", KEY.publicPem()))) {
            RoomsPage ada = BROWSER.roomsWindow();
            ada.visit(server.port(), "/");
            ada.answer("Ada");
            ada.awaitIn("#who-fault", "The server says: a token is needed. (1003)");
            assertEquals("password", ada.run("return document.getElementById('who-token').type"));
            ada.typeInto("#who-token", OTHER_KEY.token(claims("Ada", 3600)), Keys.ENTER);
            ada.awaitIn("#who-fault", "The server says: the token's signature is wrong. (1003)");
            ada.typeInto("#who-token", token, Keys.ENTER);
            ada.awaitState("Connected");
            ada.awaitPeople("Ada (you)");
            ada.room(102);
            ada.awaitPeople("Ada (you)");
            ada.requireKeptNowhere(token);
        }
    }

    @Test
    void asksForANewTokenWhenTheOldOneEnds() throws IOException {
        try (Heddle server =
                start(Map.of("HEDDLE_TOKEN_KEY", KEY.publicPem(), "HEDDLE_TOKEN_LEEWAY", "0s"))) {
            RoomsPage ada = BROWSER.roomsWindow();
            ada.visit(server.port(), "/");
            ada.answer("Ada");
            ada.awaitIn("#who-fault", "a token is needed");
            ada.typeInto("#who-token", KEY.token(claims("Ada", 4)), Keys.ENTER);
            ada.awaitPeople("Ada (you)");
            ada.awaitIn("#who-fault", "The server says: the token has expired. (1003)");
            ada.typeInto("#who-token", KEY.token(claims("Ada", 3600)), Keys.ENTER);
            ada.awaitState("Connected");
        }
    }

    @Test
    void aRoomThatATokenDoesNotAllowCanBeGivenUpForAnother() throws IOException {
        try (Heddle server = start(Map.of("HEDDLE_TOKEN_KEY", KEY.publicPem()))) {
            RoomsPage ada = BROWSER.roomsWindow();
            ada.visit(server.port(), "/");
            ada.answer("Ada");
            ada.awaitIn("#who-fault", "a token is needed");
            String token = KEY.token(claims("Ada", 3600).replace("{", "{\"appIDs\":[102],"));
            ada.typeInto("#who-token", token, Keys.ENTER);
            ada.awaitIn("#who-fault", "The server says: not authorized. (1003)");
            ada.click("#who-cancel");
            assertEquals("No room", ada.text("#where"));
            ada.room(102);
            ada.awaitPeople("Ada (you)");
        }
    }

    @Test
    void waitsWhenThereWereTooManyLogins() throws IOException {
        try (Heddle server = start(Map.of("HEDDLE_USERS_LOGINS_PER_MINUTE", "1"))) {
            RoomsPage ada = BROWSER.roomsWindow().enterAs(server.port(), "Ada");
            RoomsPage grace = BROWSER.roomsWindow();
            grace.visit(server.port(), "/");
            grace.answer("Grace");
            grace.awaitNote(
                    "Not logged in yet. The server says: too many logins, try again in a minute."
                            + " (1009) Trying again.");
            assertFalse(grace.isShown("#who"));
            ada.awaitPeople("Ada (you)");
        }
    }

    @Test
    void offersTheRoomsThatThereAre() throws IOException {
        try (Heddle server = start(Map.of("HEDDLE_ROOMS", "7,8"))) {
            RoomsPage ada = BROWSER.roomsWindow();
            ada.visit(server.port(), "/?appID=101");
            ada.await(
                    "rooms",
                    () -> ada.texts("#who-room option").equals(List.of("Room 7", "Room 8")));
            ada.answer("Ada");
            ada.awaitState("Connected");
            assertEquals("Room 7", ada.text("#where"));
            ada.room(8);
        }
    }

    private static Heddle start(Map<String, String> variables) throws IOException {
        Map<String, String> all = new HashMap<>(variables);
        all.put("HEDDLE_DEADLINES_HEAD", "1s");
        return Heddle.start(TestServer.configured(all));
    }

    private static String claims(String user, int secondsLeft) {
        return "{\"sub\":\"%s\",\"exp\":%d}"
                .formatted(user, Instant.now().getEpochSecond() + secondsLeft);
    }
}
