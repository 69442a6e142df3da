package dev.heddle.api.gowebsocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.heddle.support.AccClient;
import dev.heddle.support.ApiClient;
import dev.heddle.support.Conversation;
import dev.heddle.support.HttpAnswer;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// `profile: gowebsocket` beside what gowebsocket itself has answered.
class GowebsocketOriginalTest {
    private static final Path GUIDE = Path.of("docs", "from-gowebsocket.md");

    @RegisterExtension
    static final TestServer SERVER =
            new TestServer(TestServer.configured(Map.of("HEDDLE_PROFILE", "gowebsocket")));

    static List<Conversation> conversations() {
        return Conversation.read("api/gowebsocket-original.txt");
    }

    @ParameterizedTest
    @MethodSource("conversations")
    void answersAsTheOriginalButForWhatIsListed(Conversation conversation) throws IOException {
        conversation.hold(SERVER.heddle());
    }

    @Test
    void everyExceptionIsListedAndEveryListedOneIsRecorded() throws IOException {
        Set<String> recorded =
                conversations().stream()
                        .flatMap(conversation -> conversation.steps().stream())
                        .filter(step -> step.text().startsWith("original "))
                        .map(step -> step.text().split(" ", -1)[1])
                        .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(recorded, names(Files.readString(GUIDE)));
    }

    private static Set<String> names(String guide) {
        return Pattern.compile("(?m)^\\| `([a-z0-9-]+)` \\|")
                .matcher(guide)
                .results()
                .map((MatchResult row) -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void whatIsCalledAnExceptionIsOne() {
        for (Conversation conversation : conversations()) {
            List<String> steps =
                    conversation.steps().stream().map(Conversation.Step::text).toList();
            for (int i = 0; i + 1 < steps.size(); i++) {
                if (steps.get(i).startsWith("original ")) {
                    assertNotEquals(steps.get(i).split(" ", 3)[2], steps.get(i + 1));
                }
            }
        }
    }

    @Test
    void tellsBrowsersWhatTheOriginalTellsThem() throws IOException {
        HttpAnswer answer = ask("GET", "/user/list?appID=101", List.of());
        assertEquals("*", answer.header("Access-Control-Allow-Origin"));
        assertEquals("true", answer.header("Access-Control-Allow-Credentials"));
        assertEquals(
                "POST, GET, OPTIONS, PUT, DELETE,UPDATE",
                answer.header("Access-Control-Allow-Methods"));
        assertEquals(
                "Content-Length, Access-Control-Allow-Origin, Access-Control-Allow-Headers,"
                        + "Cache-Control,Content-Language,Content-Type,Expires,Last-Modified,"
                        + "Pragma,FooBar",
                answer.header("Access-Control-Expose-Headers"));
        assertEquals("application/json; charset=utf-8", answer.header("Content-Type"));
    }

    @Test
    void doesNotLetEveryPageCallForAllThat() throws IOException {
        for (String target : List.of("/user/list", "/system/state", "/api/v1/users")) {
            HttpAnswer answer = ask("GET", target, List.of("Origin: https://evil.example"));
            assertEquals(403, answer.status());
            assertEquals("", answer.header("Access-Control-Allow-Origin"));
        }
        assertEquals(
                "", ask("GET", "/api/v1/users", List.of()).header("Access-Control-Allow-Origin"));
    }

    @Test
    void takesTextsAndRequestsThatTheOriginalTakes() throws IOException {
        String text = "织".repeat(1 << 20);
        try (AccClient ann = AccClient.login(SERVER.port(), 101, "ann")) {
            String form =
                    "appID=101&userID=ann&msgID=long&message="
                            + URLEncoder.encode(text, StandardCharsets.UTF_8);
            HttpAnswer answer =
                    new ApiClient(SERVER.heddle().internalPort())
                            .ask(
                                    "POST",
                                    "/user/sendMessage",
                                    "application/x-www-form-urlencoded",
                                    form);
            assertEquals(
                    "{\"code\":200,\"msg\":\"Success\",\"data\":{\"sendResults\":true}}",
                    ApiClient.text(answer));
            assertEquals(
                    "{\"seq\":\"long\",\"cmd\":\"msg\",\"response\":{\"code\":200,\"codeMsg\":\"Ok\","
                        + "\"data\":{\"target\":\"\",\"type\":\"text\",\"msg\":\""
                            + text
                            + "\",\"from\":\"ann\"}}}",
                    ann.next());
            for (int i = 0; i < 4; i++) { // no command waits for its turn, as there
                ann.send("{\"seq\":\"" + i + "\",\"cmd\":\"ping\",\"data\":\"" + text + "\"}");
                assertEquals(
                        "{\"seq\":\""
                                + i
                                + "\",\"cmd\":\"ping\",\"response\":{\"code\":200,"
                                + "\"codeMsg\":\"Success\",\"data\":\"pong\"}}",
                        ann.next());
            }
        }
    }

    private static HttpAnswer ask(String method, String target, List<String> headers)
            throws IOException {
        return new ApiClient(SERVER.heddle().internalPort()).ask(method, target, headers);
    }
}
