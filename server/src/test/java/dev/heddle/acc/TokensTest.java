package dev.heddle.acc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.support.Conversation;
import dev.heddle.support.LogLines;
import dev.heddle.support.TestServer;
import dev.heddle.support.TokenKey;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Logins with tokens. None of these, and no part of one, may get into a log line; that none gets
/// into an answer is what the conversations say.
class TokensTest {
    private static final TokenKey KEY = TokenKey.of("ES256");
    private static final TokenKey OTHER_KEY = TokenKey.of("ES256");
    private static final Pattern TOKEN = Pattern.compile("\\{(?!limits})([a-z]+(?:-[a-z0-9]+)?)}");
    private static final Set<String> MADE = ConcurrentHashMap.newKeySet();
    private static final String CHANNELS =
            "\"channels\":[\"news:1\"],\"info\":{\"name\":\"Anna\"},";
    private static final String OTHER_CHANNELS =
            "\"channels\":[\"closed:1\",\"news:2\"],\"info\":{\"name\":\"Annie\"},";
    private static final String FOUR_CHANNELS =
            "\"channels\":[\"news:1\",\"news:2\",\"news:3\",\"news:4\"],";
    private static LogLines log;

    @RegisterExtension
    static final TestServer SERVER =
            new TestServer(
                    TestServer.configured(
                            Map.of(
                                    "HEDDLE_TOKEN_KEY",
                                    KEY.publicPem(),
                                    "HEDDLE_TOKEN_AUDIENCE",
                                    "chat",
                                    "HEDDLE_TOKEN_LEEWAY",
                                    "0s",
                                    "HEDDLE_CHANNELS_RULES",
                                    "closed:* subscribe=backends",
                                    "HEDDLE_CHANNELS_SUBSCRIPTIONS",
                                    "3")));

    static List<Conversation> cases() {
        return Conversation.read("acc/tokens.txt");
    }

    @BeforeAll
    static void listen() {
        log = new LogLines();
    }

    @AfterAll
    static void noTokenWasLogged() {
        log.close();
        for (String token : MADE) {
            for (String part : token.split("\\.", -1)) {
                List<String> found =
                        log.all().stream()
                                .filter(line -> !part.isEmpty() && line.contains(part))
                                .toList();
                assertEquals(List.of(), found);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void answers(Conversation conversation) throws IOException {
        conversation.with(TokensTest::withTokens).hold(SERVER.heddle());
    }

    private static String withTokens(String text) {
        return TOKEN.matcher(text)
                .replaceAll(name -> Matcher.quoteReplacement(made(name.group(1))));
    }

    private static String made(String name) {
        String token = token(name);
        MADE.add(token);
        return token;
    }

    private static String token(String name) {
        String anna = "\"sub\":\"anna\",";
        return switch (name) {
            case "anna" -> KEY.token(claims(anna, 3600));
            case "anna-101" -> KEY.token(claims(anna + "\"appIDs\":[101],", 3600));
            case "anna-102" -> KEY.token(claims(anna + "\"appIDs\":[102],", 3600));
            case "anna-news" -> KEY.token(claims(anna + CHANNELS, 3600));
            case "anna-other" -> KEY.token(claims(anna + OTHER_CHANNELS, 3600));
            case "anna-four" -> KEY.token(claims(anna + FOUR_CHANNELS, 3600));
            case "anna-soon" -> KEY.token(claims(anna, 5));
            case "bob-soon" -> KEY.token(claims("\"sub\":\"bob\",", 5));
            case "anna-dots" -> KEY.token(claims(anna + "\"channels\":[\"..\"],", 3600));
            case "dots" -> KEY.token(claims("\"sub\":\"..\",", 3600));
            case "expired" -> KEY.token(claims(anna, -1));
            case "elsewhere" -> KEY.token(claims(anna, 3600).replace("chat", "mail"));
            case "number" -> KEY.token(claims("\"sub\":7,", 3600));
            case "long-id" -> KEY.token(claims("\"sub\":\"" + "a".repeat(20) + "\",", 3600));
            case "forged" -> OTHER_KEY.token(claims(anna, 3600));
            case "unsigned" ->
                    TokenKey.encode("{\"alg\":\"none\"}")
                            + '.'
                            + TokenKey.encode(claims(anna, 3600))
                            + '.';
            case "truncated" -> {
                String whole = KEY.token(claims(anna, 3600));
                yield whole.substring(0, whole.length() - 10);
            }
            case "oversized" -> "x".repeat(9_000);
            default -> throw new IllegalArgumentException("no token " + name);
        };
    }

    private static String claims(String members, int secondsLeft) {
        long end = Instant.now().getEpochSecond() + secondsLeft;
        return '{' + members + "\"aud\":\"chat\",\"exp\":" + end + '}';
    }
}
