package dev.heddle.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.heddle.auth.Verdict.Accepted;
import dev.heddle.auth.Verdict.Refused;
import dev.heddle.support.Property;
import dev.heddle.support.TokenKey;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

class TokenVerifierTest {
    private static final Instant NOW = Instant.parse("2026-05-04T12:00:00Z");
    private static final long SECOND = NOW.getEpochSecond();
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);
    private static final TokenKey SECRET = TokenKey.of("HS256");
    private static final TokenKey RSA = TokenKey.of("RS256");
    private static final String CLAIMS = "{\"sub\":\"alice\",\"exp\":" + (SECOND + 60) + '}';

    @TempDir private Path folder;

    private static Accepted alice(Optional<Instant> until) {
        return new Accepted("alice", until, Set.of(), List.of(), Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "HS256, SECRET", "HS256, SECRET_FILE", "HS256, JWK", "HS256, JWKS_FILE",
        "RS256, PEM", "RS256, PEM_FILE", "RS256, JWK", "RS256, JWKS_FILE",
        "ES256, PEM", "ES256, PEM_FILE", "ES256, JWK", "ES256, JWKS_FILE",
        "EdDSA, PEM", "EdDSA, PEM_FILE", "EdDSA, JWK", "EdDSA, JWKS_FILE",
    })
    void believesWhatIsSignedWithItsKey(String algorithm, String form) throws Exception {
        TokenKey key = TokenKey.of(algorithm);
        String[] variable =
                switch (form) {
                    case "SECRET" -> new String[] {"SECRET", key.secret()};
                    case "SECRET_FILE" -> file("SECRET_FILE", key.secret() + "\r\n");
                    case "PEM" ->
                            new String[] {"KEY", key.publicPem().replace("\n", "\\n").strip()};
                    case "PEM_FILE" -> file("KEY_FILE", "a comment\n" + key.publicPem());
                    case "JWK" -> new String[] {"KEY", key.jwk("")};
                    default -> file("KEY_FILE", "{\"keys\":[" + key.jwk("\"kid\":\"a\"") + "]}");
                };
        try (TokenVerifier verifier = TestSettings.verifier(CLOCK, variable)) {
            assertEquals(
                    alice(Optional.of(NOW.plusSeconds(90))),
                    verifier.verify(key.token(CLAIMS), "alice"));
            String named = "{\"alg\":\"" + algorithm + "\",\"kid\":\"a\",\"typ\":\"JWT\"}";
            assertInstanceOf(Accepted.class, verifier.verify(key.token(named, CLAIMS), ""));
            assertRefused(Refusal.SIGNATURE, verifier, TokenKey.of(algorithm).token(CLAIMS));
        }
    }

    @Test
    void edDsaMayAlsoBeNamedByItsCurve() throws Exception {
        TokenKey key = TokenKey.of("EdDSA");
        try (TokenVerifier verifier = TestSettings.verifier(CLOCK, "KEY", key.publicPem())) {
            String token = key.token("{\"alg\":\"Ed25519\"}", CLAIMS);
            assertInstanceOf(Accepted.class, verifier.verify(token, ""));
        }
    }

    /// The clock stands at 1777896000; tokens live from and until 30 seconds around it.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "                                                      | NO_SUBJECT",
                "\"sub\":\"\"                                          | NO_SUBJECT",
                "\"sub\":null                                          | NO_SUBJECT",
                "\"sub\":7                                             | CLAIMS",
                "\"sub\":\"bob\"                                       | OTHER_USER",
                "\"sub\":\"Alice\"                                     | OTHER_USER",
                "\"sub\":\"alice\\u0000\"                              | OTHER_USER",
                "\"sub\":\"alice\",\"exp\":1777895970                  | EXPIRED",
                "\"sub\":\"alice\",\"exp\":1777895970.9                | EXPIRED",
                "\"sub\":\"alice\",\"exp\":0                           | EXPIRED",
                "\"sub\":\"alice\",\"exp\":-1e300                      | EXPIRED",
                "\"sub\":\"alice\",\"exp\":\"1777896060\"              | CLAIMS",
                "\"sub\":\"alice\",\"exp\":null                        | CLAIMS",
                "\"sub\":\"alice\",\"exp\":true                        | CLAIMS",
                "\"sub\":\"alice\",\"nbf\":1777896031                  | NOT_YET_VALID",
                "\"sub\":\"alice\",\"nbf\":9223372036854775807         | NOT_YET_VALID",
                "\"sub\":\"alice\",\"nbf\":1e300                       | NOT_YET_VALID",
                "\"sub\":\"alice\",\"nbf\":\"soon\"                    | CLAIMS",
                "\"sub\":\"alice\",\"appIDs\":[]                       | NO_ROOM",
                "\"sub\":\"alice\",\"appIDs\":101                      | CLAIMS",
                "\"sub\":\"alice\",\"channels\":\"news\"               | CLAIMS",
                "\"sub\":\"alice\",\"channels\":[1]                  | CLAIMS",
                "\"sub\":\"alice\",\"channels\":[\"\"]               | CLAIMS",
                "\"sub\":\"alice\",\"info\":\"text\"                   | CLAIMS",
                "\"sub\":\"alice\",\"info\":[1]                      | CLAIMS",
                "\"sub\":\"alice\",\"info\":{\"a\":\"\\ud800\"}          | CLAIMS",
                "\"sub\":\"alice\",\"channels\":[\"\\ud800\"]         | CLAIMS",
                "\"sub\":\"alice\",\"appIDs\":null                     | CLAIMS",
                "\"sub\":\"alice\",\"appIDs\":[1.5]                    | CLAIMS",
                "\"sub\":\"alice\",\"appIDs\":[\"all\"]                | CLAIMS",
                "\"sub\":\"alice\",\"appIDs\":[4294967397]             | CLAIMS",
                "\"sub\":\"alice\",\"appIDs\":[[101]]                  | CLAIMS",
                "\"sub\":\"alice\",\"aud\":7                           | CLAIMS",
                "\"sub\":\"alice\",\"iss\":7                           | CLAIMS",
            })
    void refusesForWhatATokenSays(String members, Refusal reason) throws Exception {
        try (TokenVerifier verifier = verifier()) {
            assertEquals(
                    new Refused(reason), verifier.verify(SECRET.token(claims(members)), "alice"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"exp\":1777895971                                    | 2026-05-04T12:00:01Z",
                "\"exp\":1777896060.5                                  | 2026-05-04T12:01:30Z",
                "\"exp\":9223372036854775807                           | +10000-01-01T00:00:29Z",
                "\"exp\":1e300                                         | +10000-01-01T00:00:29Z",
                "\"exp\":1777896060,\"nbf\":1777896030                 | 2026-05-04T12:01:30Z",
                "\"exp\":1777896060,\"aud\":[\"a\",\"b\"],\"iss\":\"c\"   | 2026-05-04T12:01:30Z",
                "\"exp\":1777896060,\"other\":{\"a\":[1]}              | 2026-05-04T12:01:30Z",
            })
    void believesForAsLongAsATokenSays(String members, Instant until) throws Exception {
        String claims = "{\"sub\":\"alice\"," + members + '}';
        try (TokenVerifier verifier = verifier()) {
            assertEquals(alice(Optional.of(until)), verifier.verify(SECRET.token(claims), "alice"));
        }
    }

    @Test
    void aTokenThatNeverExpiresIsRefusedUnlessTheSettingsSaySo() throws Exception {
        String token = SECRET.token("{\"sub\":\"alice\"}");
        try (TokenVerifier verifier = verifier()) {
            assertRefused(Refusal.NO_EXPIRY, verifier, token);
        }
        try (TokenVerifier verifier = verifier("REQUIRE_EXPIRY", "false")) {
            assertEquals(alice(Optional.empty()), verifier.verify(token, ""));
        }
    }

    @Test
    void namesChannelsAndWhatOthersMayKnow() throws Exception {
        String claims =
                "{\"sub\":\"alice\",\"exp\":2000000000,\"channels\":[\"news\",\"user:alice\"],"
                        + "\"info\":{\"name\":\"Alice\"}}";
        try (TokenVerifier verifier = verifier()) {
            Accepted accepted =
                    assertInstanceOf(
                            Accepted.class, verifier.verify(SECRET.token(claims), "alice"));
            assertEquals(List.of("news", "user:alice"), accepted.channels());
            assertEquals(Optional.of("{\"name\":\"Alice\"}"), accepted.info());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[101]          | 101",
                "[101,102,101]  | 101,102",
                "[\"101\"]      | 101",
            })
    void allowsTheRoomsThatATokenNames(String list, String rooms) throws Exception {
        String token = SECRET.token(claims("\"sub\":\"alice\",\"appIDs\":" + list));
        try (TokenVerifier verifier = verifier()) {
            Accepted accepted = assertInstanceOf(Accepted.class, verifier.verify(token, "alice"));
            assertEquals("[" + rooms.replace(",", ", ") + "]", sorted(accepted.rooms()));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"aud\":\"chat\",\"iss\":\"idp\"             |",
                "\"aud\":[\"x\",\"web\"],\"iss\":\"idp\"      |",
                "\"iss\":\"idp\"                              | AUDIENCE",
                "\"aud\":[],\"iss\":\"idp\"                   | AUDIENCE",
                "\"aud\":\"chats\",\"iss\":\"idp\"            | AUDIENCE",
                "\"aud\":\"chat,web\",\"iss\":\"idp\"         | AUDIENCE",
                "\"aud\":\"chat\"                             | ISSUER",
                "\"aud\":\"chat\",\"iss\":\"\"                | ISSUER",
                "\"aud\":\"chat\",\"iss\":\"IDP\"             | ISSUER",
            })
    void audienceAndIssuerMatterWhereTheSettingsNameThem(String members, Refusal reason)
            throws Exception {
        String token = SECRET.token(claims("\"sub\":\"alice\"," + members));
        try (TokenVerifier verifier = verifier("AUDIENCE", "chat,web", "ISSUER", "idp")) {
            if (reason == null) {
                assertInstanceOf(Accepted.class, verifier.verify(token, "alice"));
            } else {
                assertRefused(reason, verifier, token);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"alg\":\"none\"}                                     | MALFORMED",
                "{\"alg\":\"None\"}                                     | ALGORITHM",
                "{\"alg\":\"NONE\"}                                     | ALGORITHM",
                "{\"alg\":\"\"}                                         | ALGORITHM",
                "{\"alg\":\"hs256\"}                                    | ALGORITHM",
                "{\"alg\":\"HS384\"}                                    | ALGORITHM",
                "{\"alg\":\"RS512\"}                                    | ALGORITHM",
                "{\"alg\":\"PS256\"}                                    | ALGORITHM",
                "{\"alg\":\"ES256K\"}                                   | ALGORITHM",
                "{\"alg\":\"dir\",\"enc\":\"A128GCM\"}                  | MALFORMED",
                "{\"alg\":\"HS256\",\"crit\":[\"exp\"],\"exp\":1}       | ALGORITHM",
                "{\"alg\":\"HS256\",\"crit\":[\"b64\"],\"b64\":false}   | ALGORITHM",
                "{\"alg\":\"HS256\",\"typ\":\"logout+jwt\"}             | TYPE",
                "{\"alg\":\"RS256\"}                                    | UNKNOWN_KEY",
                "{\"alg\":\"ES256\"}                                    | UNKNOWN_KEY",
                "{\"alg\":\"EdDSA\"}                                    | UNKNOWN_KEY",
                "{\"alg\":null}                                         | MALFORMED",
                "{\"alg\":256}                                          | MALFORMED",
                "{\"alg\":\"HS256\",\"kid\":7}                          | MALFORMED",
                "{\"alg\":\"HS256\",\"jwk\":7}                          | MALFORMED",
                "{\"typ\":\"JWT\"}                                      | MALFORMED",
                "{}                                                     | MALFORMED",
                "null                                                   | MALFORMED",
                "[]                                                     | MALFORMED",
                "HS256                                                  | MALFORMED",
            })
    void refusesForWhatAHeaderSays(String header, Refusal reason) throws Exception {
        try (TokenVerifier verifier = verifier()) {
            assertRefused(reason, verifier, SECRET.token(header, CLAIMS));
        }
    }

    @Test
    void aTokenWithoutASignatureIsRefused() throws Exception {
        String unsigned = TokenKey.encode("{\"alg\":\"none\"}") + '.' + TokenKey.encode(CLAIMS);
        String signed = SECRET.token(CLAIMS);
        try (TokenVerifier verifier = verifier()) {
            assertRefused(Refusal.ALGORITHM, verifier, unsigned + '.');
            assertRefused(Refusal.MALFORMED, verifier, unsigned);
            assertRefused(
                    Refusal.MALFORMED, verifier, signed.substring(0, signed.lastIndexOf('.') + 1));
        }
    }

    /// Whoever knows the public key, and everybody may, signs with it as if it were a secret.
    @ParameterizedTest
    @ValueSource(strings = {"PEM", "PEM without the last line end", "DER", "JWK"})
    void aPublicKeyIsNoSecret(String form) throws Exception {
        String jwk = RSA.jwk("");
        byte[] secret =
                switch (form) {
                    case "PEM" -> RSA.publicPem().getBytes(StandardCharsets.UTF_8);
                    case "DER" -> RSA.pair().getPublic().getEncoded();
                    case "JWK" -> jwk.getBytes(StandardCharsets.UTF_8);
                    default -> RSA.publicPem().strip().getBytes(StandardCharsets.UTF_8);
                };
        String content = TokenKey.encode("{\"alg\":\"HS256\"}") + '.' + TokenKey.encode(CLAIMS);
        byte[] hmac = TokenKey.hmac(secret, content.getBytes(StandardCharsets.US_ASCII));
        String token = content + '.' + Base64.getUrlEncoder().withoutPadding().encodeToString(hmac);
        try (TokenVerifier verifier = TestSettings.verifier(CLOCK, "KEY", RSA.publicPem());
                TokenVerifier other = TestSettings.verifier(CLOCK, "KEY", jwk)) {
            assertRefused(Refusal.UNKNOWN_KEY, verifier, token);
            assertRefused(Refusal.UNKNOWN_KEY, other, token);
        }
    }

    @Test
    void aKeyThatTheTokenBringsAlongIsNotTakenForOurs() throws Exception {
        TokenKey mine = TokenKey.of("RS256");
        String header = "{\"alg\":\"RS256\",\"jwk\":" + mine.jwk("") + '}';
        try (TokenVerifier verifier = TestSettings.verifier(CLOCK, "KEY", RSA.publicPem())) {
            assertRefused(Refusal.SIGNATURE, verifier, mine.token(header, CLAIMS));
        }
    }

    @Test
    void aNamedKeyIsTheOnlyOneThatCounts() throws Exception {
        TokenKey other = TokenKey.of("RS256");
        String keys =
                "{\"keys\":[" + RSA.jwk("\"kid\":\"a\"") + ',' + other.jwk("\"kid\":\"b\"") + "]}";
        String header = "{\"alg\":\"RS256\",\"kid\":\"%s\"}";
        try (TokenVerifier verifier = TestSettings.verifier(CLOCK, "KEY", keys)) {
            assertAccepted(verifier, RSA.token(header.formatted("a"), CLAIMS));
            assertAccepted(verifier, other.token(header.formatted("b"), CLAIMS));
            assertAccepted(verifier, other.token(CLAIMS));
            assertRefused(Refusal.SIGNATURE, verifier, RSA.token(header.formatted("b"), CLAIMS));
            assertRefused(Refusal.UNKNOWN_KEY, verifier, RSA.token(header.formatted("c"), CLAIMS));
        }
    }

    @Test
    void aTokenIsNotLookedAtBeyondItsBound() throws Exception {
        String members = CLAIMS.substring(0, CLAIMS.length() - 1) + ",\"padding\":\"%s\"}";
        String token = SECRET.token(members.formatted("x".repeat(5_900)));
        try (TokenVerifier verifier = verifier()) {
            int room = TokenVerifier.MAX_CHARS - token.length();
            String longest = SECRET.token(members.formatted("x".repeat(5_900 + room * 3 / 4)));
            assertEquals(TokenVerifier.MAX_CHARS, longest.length(), 1);
            assertAccepted(verifier, longest);
            String tooLong = SECRET.token(members.formatted("x".repeat(5_904 + room * 3 / 4)));
            assertRefused(Refusal.TOO_LONG, verifier, tooLong);
            assertRefused(Refusal.TOO_LONG, verifier, "x".repeat(10_000_000));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"TOKEN ", " TOKEN", "TOKEN\n", "TOKEN=", "TOKEN\u00e9", "TOKEN!", "TOKEN\0"})
    void aTokenIsWrittenInOneWayOnly(String form) throws Exception {
        String token = SECRET.token(CLAIMS);
        try (TokenVerifier verifier = verifier()) {
            assertAccepted(verifier, token);
            assertRefused(Refusal.MALFORMED, verifier, form.replace("TOKEN", token));
        }
    }

    @Test
    void noTokenIsRefusedAsMissing() throws Exception {
        try (TokenVerifier verifier = verifier()) {
            assertRefused(Refusal.MISSING, verifier, "");
        }
    }

    @Test
    void aPartOfATokenIsNone() throws Exception {
        String token = RSA.token(CLAIMS);
        try (TokenVerifier verifier = TestSettings.verifier(CLOCK, "KEY", RSA.publicPem())) {
            assertAccepted(verifier, token);
            for (int length = 0; length < token.length(); length++) {
                assertInstanceOf(Refused.class, verifier.verify(token.substring(0, length), ""));
                assertInstanceOf(Refused.class, verifier.verify(token.substring(length + 1), ""));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HS256", "RS256", "ES256", "EdDSA"})
    void aTokenWithOneBitChangedIsNone(String algorithm) throws Exception {
        TokenKey key = TokenKey.of(algorithm);
        String token = key.token(CLAIMS);
        String keys = algorithm.equals("HS256") ? key.jwk("") : key.publicPem();
        try (TokenVerifier verifier = TestSettings.verifier(CLOCK, "KEY", keys)) {
            for (int i = 0; i < token.length() - 1; i++) { // some bits of the last have no meaning
                char[] changed = token.toCharArray();
                changed[i] ^= (char) (1 << i % 7);
                assertInstanceOf(Refused.class, verifier.verify(new String(changed), ""));
            }
        }
    }

    @Test
    void garbageIsRefused() throws Exception {
        String valid = SECRET.token(CLAIMS);
        try (TokenVerifier verifier = verifier()) {
            Property.holds(
                    5_000,
                    random -> {
                        int length = random.nextInt(200);
                        String garbage =
                                random.ints(length, 0, 0x11_0000)
                                        .mapToObj(
                                                each ->
                                                        each % 3 == 0
                                                                ? valid.substring(
                                                                        each % valid.length())
                                                                : each % 3 == 1
                                                                        ? "."
                                                                        : Character.toString(each))
                                        .reduce("", String::concat);
                        if (!garbage.equals(valid)) {
                            assertInstanceOf(Refused.class, verifier.verify(garbage, ""));
                        }
                    });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "[[[[{\"a\":[", "\""})
    void deepNestingIsRefused(String opening) throws Exception {
        String deep = opening.repeat(5_900 / opening.length());
        try (TokenVerifier verifier = verifier()) {
            assertRefused(Refusal.CLAIMS, verifier, SECRET.token(deep));
            assertRefused(Refusal.MALFORMED, verifier, SECRET.token(deep, CLAIMS));
        }
    }

    private static TokenVerifier verifier(String... more) throws KeyFault {
        String[] variables = new String[more.length + 2];
        System.arraycopy(more, 0, variables, 2, more.length);
        variables[0] = "SECRET";
        variables[1] = SECRET.secret();
        return TestSettings.verifier(CLOCK, variables);
    }

    private static String claims(String members) {
        String given = members == null ? "" : members;
        String expiry = given.contains("\"exp\"") ? "" : "\"exp\":" + (SECOND + 60);
        String comma = given.isEmpty() || expiry.isEmpty() ? "" : ",";
        return '{' + given + comma + expiry + '}';
    }

    private static void assertRefused(Refusal reason, TokenVerifier verifier, String token) {
        assertEquals(new Refused(reason), verifier.verify(token, ""));
    }

    private static void assertAccepted(TokenVerifier verifier, String token) {
        assertInstanceOf(Accepted.class, verifier.verify(token, ""));
    }

    private static String sorted(Set<Integer> rooms) {
        return rooms.stream().sorted().toList().toString();
    }

    private String[] file(String variable, String content) throws Exception {
        Path file = Files.writeString(folder.resolve("keys"), content);
        return new String[] {variable, file.toString()};
    }
}
