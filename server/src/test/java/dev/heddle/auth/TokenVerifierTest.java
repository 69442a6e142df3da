package dev.heddle.auth;

import static dev.heddle.auth.TestTokens.CLAIMS;
import static dev.heddle.auth.TestTokens.CLOCK;
import static dev.heddle.auth.TestTokens.NOW;
import static dev.heddle.auth.TestTokens.SECRET;
import static dev.heddle.auth.TestTokens.alice;
import static dev.heddle.auth.TestTokens.assertAccepted;
import static dev.heddle.auth.TestTokens.assertRefused;
import static dev.heddle.auth.TestTokens.verifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.heddle.auth.Verdict.Accepted;
import dev.heddle.auth.Verdict.Refused;
import dev.heddle.support.TokenKey;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/// Which signatures are believed.
class TokenVerifierTest {
    private static final TokenKey RSA = TokenKey.usual("RS256");

    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource({
        "HS256, SECRET", "HS256, SECRET_FILE", "HS256, JWK", "HS256, JWKS_FILE",
        "RS256, PEM", "RS256, PEM_FILE", "RS256, JWK", "RS256, JWKS_FILE",
        "ES256, PEM", "ES256, PEM_FILE", "ES256, JWK", "ES256, JWKS_FILE",
        "EdDSA, PEM", "EdDSA, PEM_FILE", "EdDSA, JWK", "EdDSA, JWKS_FILE",
    })
    void believesWhatIsSignedWithItsKey(String algorithm, String form) throws Exception {
        TokenKey key = TokenKey.usual(algorithm);
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
            assertRefused(Refusal.SIGNATURE, verifier, TokenKey.other(algorithm).token(CLAIMS));
        }
    }

    @Test
    void edDsaMayAlsoBeNamedByItsCurve() throws Exception {
        TokenKey key = TokenKey.usual("EdDSA");
        try (TokenVerifier verifier = TestSettings.verifier(CLOCK, "KEY", key.publicPem())) {
            String token = key.token("{\"alg\":\"Ed25519\"}", CLAIMS);
            assertInstanceOf(Accepted.class, verifier.verify(token, ""));
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
        TokenKey mine = TokenKey.other("RS256");
        String header = "{\"alg\":\"RS256\",\"jwk\":" + mine.jwk("") + '}';
        try (TokenVerifier verifier = TestSettings.verifier(CLOCK, "KEY", RSA.publicPem())) {
            assertRefused(Refusal.SIGNATURE, verifier, mine.token(header, CLAIMS));
        }
    }

    @Test
    void aNamedKeyIsTheOnlyOneThatCounts() throws Exception {
        TokenKey other = TokenKey.other("RS256");
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

    @ParameterizedTest
    @ValueSource(strings = {"HS256", "RS256", "ES256", "EdDSA"})
    void aTokenWithOneBitChangedIsNone(String algorithm) throws Exception {
        TokenKey key = TokenKey.usual(algorithm);
        String token = key.token(CLAIMS);
        String keys = algorithm.equals("HS256") ? key.jwk("") : key.publicPem();
        try (TokenVerifier verifier = TestSettings.verifier(CLOCK, "KEY", keys)) {
            for (int i = 0; i < token.length(); i++) {
                char[] changed = token.toCharArray();
                changed[i] ^= (char) (1 << i % 7);
                assertInstanceOf(Refused.class, verifier.verify(new String(changed), ""));
            }
        }
    }

    private String[] file(String variable, String content) throws Exception {
        Path file = Files.writeString(folder.resolve("keys"), content);
        return new String[] {variable, file.toString()};
    }
}
