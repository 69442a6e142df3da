package dev.heddle.auth;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.heddle.support.TokenKey;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

class KeyTextTest {
    private static final TokenKey RSA = TokenKey.usual("RS256");
    private static final String SECRET = "0123456789abcdefghijklmnopqrstuv";

    /// Made by openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=idp
    private static final String CERTIFICATE =
            """
            -----BEGIN CERTIFICATE-----
            MIIBczCCARmgAwIBAgIUShIQVFpOOxEL165VsmIQ2y8YOXswCgYIKoZIzj0EAwIw
            DjEMMAoGA1UEAwwDaWRwMCAXDTI2MTEyMTE0NTk0MloYDzIxMjYxMDI4MTQ1OTQy
            WjAOMQwwCgYDVQQDDANpZHAwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAARzILlM
            K3CzMLfJ/9BhsSOxUSH9b7qWjO021Q4/Wi0x0bmFA5oJV7neRTeFqPZjXw8+n2zm
            eXk0dCmq5xQNVM3To1MwUTAdBgNVHQ4EFgQUrn4fNqXNpJ0eQnjUBxg+lDdBcgYw
            HwYDVR0jBBgwFoAUrn4fNqXNpJ0eQnjUBxg+lDdBcgYwDwYDVR0TAQH/BAUwAwEB
            /zAKBggqhkjOPQQDAgNIADBFAiEA079hfDOHb5OhQ1D7tFJXPPKWBOyDFxWYB95v
            y4GphXUCIGA/JJXBMDSJfUNmY3VrzjMdPjaX+a99oKN6/yon0pTT
            -----END CERTIFICATE-----
            """;

    @TempDir private Path folder;

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("no key at all", "is neither PEM nor a JWK nor a JWKS"),
                Arguments.of("-----BEGIN PUBLIC KEY-----\nMIIB", "is neither PEM nor a JWK nor a"),
                Arguments.of(TokenKey.pem("PUBLIC KEY", new byte[40]), "is no RSA, P-256 or Ed255"),
                Arguments.of(TokenKey.pem("CERTIFICATE", new byte[40]), "is no certificate that"),
                Arguments.of(RSA.privatePem(), "is a private key; the server needs the public"),
                Arguments.of(pem("RSA PUBLIC KEY"), "must begin with BEGIN PUBLIC KEY, to which"),
                Arguments.of(pem("DH PARAMETERS"), "is no public key in PEM"),
                Arguments.of(pem("ES384"), "has no key to use: its curve is not that of ES256"),
                Arguments.of(pem("Ed448"), "is no RSA, P-256 or Ed25519 key"),
                Arguments.of(pem("RS256"), "has no key to use: it has less than 2048 bits"),
                Arguments.of("{", "is no JSON that can be read"),
                Arguments.of("{}", "is no JWK or JWKS that can be read"),
                Arguments.of("{\"keys\":7}", "is no JWK or JWKS that can be read"),
                Arguments.of("{\"keys\":[]}", "has no key to use"),
                Arguments.of("{\"keys\":[{\"kty\":\"XX\"}]}", "has no key to use"),
                Arguments.of("{\"kty\":\"oct\",\"k\":\"YWJj\"}", "has no key to use: it has less"),
                Arguments.of(RSA.jwk("\"use\":\"enc\""), "has no key to use: it is not for sign"),
                Arguments.of(RSA.jwk("\"alg\":\"PS256\""), "has no key to use: one of its type m"),
                Arguments.of(
                        "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"YWJj\"}",
                        "has no key to use: it "),
                Arguments.of(
                        "{\"kty\":\"OKP\",\"crv\":\"X25519\",\"x\":\"" + "A".repeat(43) + "\"}",
                        "has no key to use: it is no key of EdDSA"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void saysWhatIsWrongWithKeysAndNothingOfThem(String text, String fault) throws Exception {
        Path file = Files.writeString(folder.resolve("keys"), text);
        String message = fault("KEY_FILE", file);
        String start = "token.key-file " + file + " " + fault;
        assertEquals(start, message.substring(0, Math.min(start.length(), message.length())));
        assertEquals(1, message.lines().count());
        assertFalse(text.length() > 20 && message.contains(text.substring(0, 20)), message);
    }

    @Test
    void readsACertificate() {
        assertDoesNotThrow(() -> KeyText.ofKeys(CERTIFICATE));
    }

    @Test
    void takesOfASetWhatItCanUse() throws Exception {
        String set =
                "{\"keys\":[{\"kty\":\"XX\"},{\"kty\":\"RSA\"},"
                        + RSA.jwk("\"use\":\"enc\"")
                        + ','
                        + RSA.jwk("\"alg\":\"RS512\",\"kid\":\"a\"")
                        + ','
                        + RSA.jwk("\"alg\":\"RS256\",\"use\":\"sig\",\"kid\":\"b\"")
                        + "]}";
        assertEquals(1, KeyText.ofKeys(set).size());
        assertEquals("b", KeyText.ofKeys(set).getKeys().getFirst().getKeyID());
    }

    @Test
    void aSecretIsWhatNobodyElseKnows() throws Exception {
        String base64 = Base64.getEncoder().encodeToString(RSA.pair().getPublic().getEncoded());
        assertSecretFault("must have 32 bytes or more", SECRET.substring(1) + "\n");
        assertSecretFault("is a key in PEM or JSON, and no secret", RSA.publicPem());
        assertSecretFault("is a key in PEM or JSON, and no secret", RSA.jwk(""));
        assertSecretFault("is a public key, which everybody may know", base64);
        assertSecretFault(
                "is a public key, which everybody may know",
                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ me@here");
        assertThrows(KeyFault.class, () -> KeySource.of(TestSettings.of("SECRET", base64)).load());
    }

    @Test
    void oneLineEndBehindASecretInAFileIsNoPartOfIt() throws Exception {
        for (String end : List.of("", "\n", "\r\n")) {
            Path file = Files.writeString(folder.resolve("secret"), SECRET + end);
            KeySource source = KeySource.of(TestSettings.of("SECRET_FILE", file.toString()));
            assertEquals(8 * SECRET.length(), source.load().getKeys().getFirst().size());
        }
    }

    @Test
    void aSecretInAFileWithWhatNobodySeesIsRefused() throws Exception {
        assertSecretFault("ends with a line end", SECRET + "\n\n");
        assertSecretFault("ends with a line end", SECRET + "\r\n\r\n");
        assertSecretFault("begins with a byte order mark", "\uFEFF" + SECRET);
        assertSecretFault("has white space around it", SECRET + " \n");
        assertSecretFault("has white space around it", "\n" + SECRET);
        assertSecretFault("has a line end or another control", SECRET + "\n" + SECRET);
        assertSecretFault("has a line end or another control", "0\u0000".repeat(32));
    }

    @Test
    void keysMayHaveAByteOrderMarkAndAnyLineEnds() throws Exception {
        for (String keys : List.of(RSA.publicPem(), CERTIFICATE, "\n" + RSA.jwk("\"a\":1"))) {
            String ofWindows = "\uFEFF" + keys.replace("\n", "\r\n") + "\r\n\r\n";
            Path file = Files.writeString(folder.resolve("keys"), ofWindows);
            KeySource source = KeySource.of(TestSettings.of("KEY_FILE", file.toString()));
            assertEquals(1, source.load().size());
            assertEquals(1, KeySource.of(TestSettings.of("KEY", ofWindows)).load().size());
        }
    }

    @Test
    void aSecretMayBeAnyBytes() throws Exception {
        byte[] bytes = new byte[32];
        bytes[31] = (byte) 0xff;
        Path file = Files.write(folder.resolve("secret"), bytes);
        KeySource source = KeySource.of(TestSettings.of("SECRET_FILE", file.toString()));
        assertEquals(256, source.load().getKeys().getFirst().size());
    }

    @Test
    void saysWhatIsWrongWithAFile() throws Exception {
        Path missing = folder.resolve("missing");
        assertEquals("token.key-file " + missing + " does not exist", fault("KEY_FILE", missing));
        assertEquals("token.key-file " + folder + " cannot be read", fault("KEY_FILE", folder));
        Path der = Files.write(folder.resolve("der"), RSA.pair().getPublic().getEncoded());
        assertEquals(
                "token.key-file " + der + " is no text; openssl pkey -inform DER makes PEM of DER",
                fault("KEY_FILE", der));
        Path large = Files.write(folder.resolve("large"), new byte[(256 << 10) + 1]);
        assertEquals(
                "token.secret-file " + large + " is larger than 256KiB",
                fault("SECRET_FILE", large));
    }

    private void assertSecretFault(String fault, String secret) throws Exception {
        Path file = Files.writeString(folder.resolve("secret"), secret, StandardCharsets.UTF_8);
        String message = fault("SECRET_FILE", file);
        String start = "token.secret-file " + file + " " + fault;
        assertEquals(start, message.substring(0, Math.min(start.length(), message.length())));
    }

    private static String fault(String variable, Path file) {
        return String.valueOf(
                assertThrows(
                                KeyFault.class,
                                () ->
                                        TestSettings.verifier(
                                                InstantSource.system(), variable, file.toString()))
                        .getMessage());
    }

    private static String pem(String what) {
        if (what.startsWith("R") && what.length() > 5 || what.startsWith("D")) {
            return TokenKey.pem(what, new byte[40]);
        }
        KeyPair pair = TokenKey.pair(what, 1024);
        return TokenKey.pem("PUBLIC KEY", pair.getPublic().getEncoded());
    }
}
