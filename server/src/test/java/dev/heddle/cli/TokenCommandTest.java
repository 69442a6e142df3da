package dev.heddle.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.support.TokenKey;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class TokenCommandTest {
    private static final String SECRET = "0123456789abcdefghijklmnopqrstuv";
    private static final Map<String, String> WITH_SECRET = Map.of("HEDDLE_TOKEN_SECRET", SECRET);

    @TempDir private Path folder;

    /// What a run leaves.
    private record Ended(int exitCode, String out, String err) {}

    @ParameterizedTest
    @ValueSource(strings = {"", "--rooms 101,102", "--expires 30m"})
    void printsATokenAndNothingElse(String options) {
        Ended made = run(WITH_SECRET, "", "token --user alice " + options);
        assertEquals(new Ended(0, made.out(), ""), made);
        assertTrue(made.out().matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+\n"), made.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", "twenty-bytes-are-more"})
    void warnsThatAUserWithSuchAnIdCannotLogInToAcc(String user) {
        String warning = "heddle: /acc refuses this user: an id has 1 to 19 bytes, not . or ..\n";
        Ended made = run(WITH_SECRET, "", "token --user " + user);
        assertEquals(new Ended(0, made.out(), warning), made);
        Ended checked = run(WITH_SECRET, made.out(), "token check");
        assertEquals(new Ended(0, checked.out(), warning), checked);
        assertTrue(checked.out().startsWith("accepted\n"), checked.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "ES256", "EdDSA"})
    void signsWithAPrivateKeyFile(String algorithm) throws Exception {
        TokenKey key = TokenKey.usual(algorithm);
        Path file = Files.writeString(folder.resolve("private.pem"), key.privatePem());
        Map<String, String> withKey = Map.of("HEDDLE_TOKEN_KEY", key.publicPem());
        Ended made = run(withKey, "", "token --user alice --key-file " + file);
        assertEquals("", made.err());
        Ended checked = run(withKey, made.out(), "token check");
        assertEquals(0, checked.exitCode(), checked.out());
        assertTrue(
                checked.out().startsWith("accepted\n  algorithm  " + algorithm + "\n"),
                checked.out());
        assertEquals(
                new Ended(
                        1,
                        "",
                        "heddle: there is no private key to sign with; --key-file names a file with"
                                + " one\n"),
                run(withKey, "", "token --user alice"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"token check", "token check -", "token check TOKEN"})
    void saysWhatATokenSays(String line) {
        Map<String, String> settings =
                Map.of(
                        "HEDDLE_TOKEN_SECRET",
                        SECRET,
                        "HEDDLE_TOKEN_ISSUER",
                        "me",
                        "HEDDLE_TOKEN_AUDIENCE",
                        "a,b");
        String token = run(settings, "", "token --user alice --rooms 102,101").out();
        Ended checked = run(settings, token, line.replace("TOKEN", token.strip()));
        assertEquals(
                List.of(
                        "accepted",
                        "  algorithm  HS256",
                        "  type       JWT",
                        "  user       alice",
                        "  rooms      101, 102",
                        "  expires    TIME, in TIME",
                        "  audience   a (token.audience: a, b)",
                        "  issuer     me (token.issuer: me)"),
                checked.out()
                        .lines()
                        .map(each -> each.replaceAll("\\b(\\d+-.*Z|\\d+[hms]\\S*)", "TIME"))
                        .toList());
        assertEquals(0, checked.exitCode());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"sub\":\"alice\",\"exp\":1000000000} | refused: the token has expired |  "
                        + " expires    2001-09-09T01:46:40Z, ",
                "{\"sub\":\"eve\\u001b[2J\",\"exp\":4102444800} | refused: the token is another"
                        + " user's |   user       eve\\u001b[2J",
                "{\"sub\":\"alice\"} | refused: the token never expires |   expires    never",
                "no JSON | refused: a claim of the token is malformed |   parts      3, but not",
            })
    void saysWhyATokenIsRefused(String claims, String reason, String part) {
        TokenKey key = new TokenKey("HS256", TokenKey.pair("EdDSA", 0), SECRET);
        Ended checked = run(WITH_SECRET, key.token(claims) + "\n", "token check --user alice");
        assertEquals(1, checked.exitCode());
        assertEquals(reason, checked.out().lines().findFirst().orElseThrow());
        assertTrue(checked.out().contains(part), checked.out());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"exp\":1e300                  |   expires    9999-12-31T23:59:59Z, in ",
                "\"exp\":4102444800,\"iat\":\"x\" |   expires    2100-01-01T00:00:00Z, in ",
                "\"exp\":4102444800,\"jti\":7   |   user       alice",
            })
    void readsAnAcceptedTokenAsTheVerifierDoes(String members, String part) {
        TokenKey key = new TokenKey("HS256", TokenKey.pair("EdDSA", 0), SECRET);
        String token = key.token("{\"sub\":\"alice\"," + members + '}');
        Ended checked = run(WITH_SECRET, token + "\n", "token check --user alice");
        assertTrue(checked.out().startsWith("accepted\n"), checked.out());
        assertTrue(checked.out().contains(part), checked.out());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "token check x.y | refused: the token is no JSON Web Token | 2, not 3",
                "token check x.y.z | refused: the token is no JSON Web Token | 3, but not readable",
            })
    void saysWhatIsWrongWithTheShape(String line, String reason, String parts) {
        assertEquals(
                new Ended(1, reason + "\n  parts      " + parts + "\n", ""),
                run(WITH_SECRET, "", line));
    }

    @Test
    void noTokenIsRefusedToo() {
        assertTrue(run(WITH_SECRET, "\n", "token check").out().startsWith("refused: a token is"));
        String endless = "x".repeat(1 << 20);
        assertTrue(
                run(WITH_SECRET, endless, "token check")
                        .out()
                        .startsWith("refused: the token is too long"));
    }

    @Test
    void withoutAKeyThereIsNothingToSign() {
        for (String line : new String[] {"token --user alice", "token check x.y.z"}) {
            Ended ended = run(Map.of(), "", line);
            assertEquals(1, ended.exitCode());
            assertTrue(ended.err().startsWith("heddle: there is no key to sign"), ended.err());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "token | heddle: token needs --user ID",
                "token --user= | heddle: --user must not be empty",
                "token --user a --rooms 1,x | heddle: --rooms takes numbers such as 101,102, not"
                        + " \"1,x\"",
                "token --user a --expires 1 | heddle: --expires takes a duration such as 30m or"
                        + " 24h, not \"1\"",
                "token --user a --expires 1ms | heddle: --expires takes a duration such as 30m or"
                        + " 24h, not \"1ms\"",
                "serve --user a | heddle: --user is an option of heddle tail, token",
                "config --key-file a | heddle: --key-file is an option of heddle token",
                "token eyJhbGciOiJ9 | heddle: token takes nothing but check, and check one token",
                "token check eyJhbGciOiJ9 eyJhbGciOiJ9 | heddle: token takes nothing but check, and"
                        + " check one token",
            })
    void aMistakeIsOneLineAndExitCode2(String line, String error) {
        assertEquals(new Ended(2, "", error + "\n"), run(WITH_SECRET, "", line));
    }

    @Test
    void aFaultyKeyIsOneLineAndExitCode1() {
        Ended ended = run(Map.of("HEDDLE_TOKEN_KEY", "{\"kty\":\"oct\"}"), "", "token --user a");
        assertEquals(
                new Ended(1, "", "heddle: token.key is no JWK or JWKS that can be read\n"), ended);
        assertFalse(run(WITH_SECRET, "", "token --user a --key-file " + folder).err().isEmpty());
    }

    private static Ended run(Map<String, String> environment, String in, String line) {
        Terminal terminal = new Terminal(in);
        int exitCode = terminal.run(environment, line);
        return new Ended(exitCode, terminal.out(), terminal.err());
    }
}
