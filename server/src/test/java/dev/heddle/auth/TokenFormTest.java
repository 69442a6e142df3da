package dev.heddle.auth;

import static dev.heddle.auth.TestTokens.CLAIMS;
import static dev.heddle.auth.TestTokens.CLOCK;
import static dev.heddle.auth.TestTokens.SECRET;
import static dev.heddle.auth.TestTokens.assertAccepted;
import static dev.heddle.auth.TestTokens.assertRefused;
import static dev.heddle.auth.TestTokens.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.heddle.auth.Verdict.Refused;
import dev.heddle.support.Property;
import dev.heddle.support.TokenKey;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How a token is written, and what is none.
class TokenFormTest {
    private static final TokenKey RSA = TokenKey.usual("RS256");
    private static final String BASE64URL =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

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

    /// The last character of a signature has bits to spare (RFC 4648 section 3.5).
    @ParameterizedTest
    @CsvSource({"HS256, 3", "RS256, 15", "ES256, 15", "EdDSA, 15"})
    void theSpareBitsOfASignatureMustBeZero(String algorithm, int spare) throws Exception {
        TokenKey key = TokenKey.usual(algorithm);
        String token = key.token(CLAIMS);
        String start = token.substring(0, token.length() - 1);
        int last = BASE64URL.indexOf(token.charAt(token.length() - 1));
        try (TokenVerifier verifier = TestSettings.verifier(CLOCK, "KEY", key.jwk(""))) {
            assertAccepted(verifier, token);
            for (int bits = 1; bits <= spare; bits++) {
                assertRefused(Refusal.MALFORMED, verifier, start + BASE64URL.charAt(last | bits));
            }
            assertRefused(
                    Refusal.SIGNATURE, verifier, start + BASE64URL.charAt(last ^ (spare + 1)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "AAAAA"})
    void aSignatureHasNoCharacterThatIsTooFewBitsForAByte(String signature) throws Exception {
        String token = SECRET.token(CLAIMS);
        try (TokenVerifier verifier = verifier()) {
            String content = token.substring(0, token.lastIndexOf('.') + 1);
            assertRefused(Refusal.MALFORMED, verifier, content + signature);
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
}
