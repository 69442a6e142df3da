package dev.heddle.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.heddle.Heddle;
import dev.heddle.support.Browser;
import dev.heddle.support.ChatPage;
import dev.heddle.support.TestServer;
import dev.heddle.support.TokenKey;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;

/// What the page of the raw hub does where `/ws` needs a login.
class ChatPageLoginIT {
    private static final TokenKey KEY = TokenKey.of("HS256");

    @RegisterExtension static final Browser BROWSER = new Browser();

    private static Heddle start() throws IOException {
        return Heddle.start(
                TestServer.configured(
                        Map.of(
                                "HEDDLE_WS_LOGIN", "true",
                                "HEDDLE_TOKEN_SECRET", KEY.secret(),
                                "HEDDLE_TOKEN_LEEWAY", "0s")));
    }

    private static String token(int secondsLeft) {
        long end = Instant.now().getEpochSecond() + secondsLeft;
        return KEY.token("{\"sub\":\"ada\",\"exp\":" + end + '}');
    }

    private static void enter(ChatPage page, String token) {
        page.await("the field", () -> page.isShown("#token"));
        page.typeInto("#token", token, Keys.ENTER);
    }

    @Test
    void asksForATokenAndKeepsItNowhere() throws IOException {
        String token = token(3600);
        try (Heddle server = start()) {
            ChatPage ada = BROWSER.window();
            ada.visit(server.port());
            ada.awaitInLog("Connection closed. The server says: a token is needed.");
            enter(ada, TokenKey.of("HS256").token("{}"));
            ada.awaitInLog("The server says: the token's signature is wrong.");
            enter(ada, token);
            ada.awaitState("Connected");
            assertFalse(ada.isShown("#token"));
            ada.name("Ada");
            ada.say("Let in.");
            ada.awaitLast("Ada (you): Let in.");
            ada.requireKeptNowhere(token);
        }
    }

    @Test
    void asksForANewTokenWhenTheOldOneEnds() throws IOException {
        try (Heddle server = start()) {
            ChatPage ada = BROWSER.window();
            ada.visit(server.port());
            enter(ada, token(15));
            ada.awaitState("Connected");
            ada.awaitInLog("Connection lost. The login has expired.");
            ada.awaitInLog("The server says: the token has expired.");
            enter(ada, token(3600));
            ada.awaitState("Connected");
            assertEquals("", ada.value("#token"));
        }
    }
}
