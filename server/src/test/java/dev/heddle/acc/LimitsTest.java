package dev.heddle.acc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.Heddle;
import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;
import dev.heddle.support.TestServer;
import dev.heddle.support.TokenKey;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;

/// What a client is told of its limits when it logs in.
class LimitsTest {
    private static final String LOGIN = "{\"seq\":\"1\",\"cmd\":\"login\",\"data\":{%s}}";
    private static final String ANSWER =
            "{\"seq\":\"1\",\"cmd\":\"%s\",\"response\":"
                    + "{\"code\":200,\"codeMsg\":\"%s\",\"data\":%s}}";
    private static final String ANNA = "\"appID\":101,\"userID\":\"anna\"";
    private static final String USUAL =
            "{\"limits\":{\"messageBytes\":65536,\"subscriptions\":128,"
                    + "\"commandsPerSecond\":50,\"commandBurst\":100}}";

    @Test
    void theLoginsReplyTellsTheLimits() throws Exception {
        assertEquals(ANSWER.formatted("login", "Success", USUAL), reply(Map.of(), ANNA));
    }

    @ParameterizedTest
    @CsvSource({"FRAME, 1KiB, 1024", "MESSAGE, 2KiB, 2048"})
    void theSmallerOfFrameAndMessageIsTheLimitOfAMessage(String of, String size, int bytes)
            throws Exception {
        String told = USUAL.replace("65536", Integer.toString(bytes));
        Map<String, String> settings = Map.of("HEDDLE_ACC_" + of + "_BYTES", size);
        assertEquals(ANSWER.formatted("login", "Success", told), reply(settings, ANNA));
    }

    @Test
    void noLimitOfCommandsIsZero() throws Exception {
        String told = USUAL.replace("Second\":50", "Second\":0");
        Map<String, String> settings = Map.of("HEDDLE_COMMANDS_PER_SECOND", "0");
        assertEquals(ANSWER.formatted("login", "Success", told), reply(settings, ANNA));
    }

    @Test
    void clientsOfGowebsocketGetWhatTheyKnow() throws Exception {
        Map<String, String> settings = Map.of("HEDDLE_PROFILE", "gowebsocket");
        assertEquals(ANSWER.formatted("login", "Success", "null"), reply(settings, ANNA));
    }

    @Test
    void aRefreshedLoginHearsOfThemAgain() throws Exception {
        TokenKey key = TokenKey.of("ES256");
        long end = Instant.now().getEpochSecond() + 3600;
        String token = key.token("{\"sub\":\"anna\",\"exp\":" + end + "}");
        String shown = "\"serviceToken\":\"" + token + "\"";
        try (Heddle server =
                        Heddle.start(
                                TestServer.configured(
                                        Map.of("HEDDLE_TOKEN_KEY", key.publicPem())));
                RawClient client = RawClient.open(server.port(), "/acc")) {
            assertEquals(
                    ANSWER.formatted("login", "Success", USUAL),
                    ask(client, LOGIN.formatted(shown + ",\"appID\":101")));
            assertEquals(
                    ANSWER.formatted("refresh", "Success", USUAL),
                    ask(client, LOGIN.replace("login", "refresh").formatted(shown)));
        }
    }

    private static String reply(Map<String, String> settings, String who) throws Exception {
        try (Heddle server = Heddle.start(TestServer.configured(settings));
                RawClient client = RawClient.open(server.port(), "/acc")) {
            return ask(client, LOGIN.formatted(who));
        }
    }

    private static String ask(RawClient client, String request) throws IOException {
        client.send(RawFrame.text(request));
        return client.readFrame().text();
    }
}
