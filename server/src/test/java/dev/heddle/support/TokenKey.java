package dev.heddle.support;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Base64.Encoder;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A key made by the JDK, and tokens signed with it by the JDK: by nothing that the server uses.
///
/// @param algorithm as in a token's header
/// @param pair its halves; of HS256, something that is not used
/// @param secret of HS256, at least 32 bytes of text
public record TokenKey(String algorithm, KeyPair pair, String secret) {
    private static final Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();
    private static final Map<String, TokenKey> MADE = new ConcurrentHashMap<>();

    /// A new key for `HS256`, `RS256`, `ES256` or `EdDSA`.
    public static TokenKey of(String algorithm) {
        String secret =
                "secret " + BigInteger.TWO.pow(200).subtract(BigInteger.valueOf(System.nanoTime()));
        return new TokenKey(algorithm, pair(algorithm, 2048), secret);
    }

    /// The same key for the algorithm each time, in this JVM: RSA takes long to make one.
    public static TokenKey usual(String algorithm) {
        return MADE.computeIfAbsent(algorithm, TokenKey::of);
    }

    /// Another key than the usual one, and also the same each time.
    public static TokenKey other(String algorithm) {
        return MADE.computeIfAbsent("other " + algorithm, _ -> of(algorithm));
    }

    /// A new pair.
    ///
    /// @param rsaBits of an RSA key
    public static KeyPair pair(String algorithm, int rsaBits) {
        try {
            KeyPairGenerator generator =
                    KeyPairGenerator.getInstance(
                            switch (algorithm) {
                                case "RS256" -> "RSA";
                                case "ES256", "ES384" -> "EC";
                                case "Ed448" -> "Ed448";
                                default -> "Ed25519";
                            });
            switch (algorithm) {
                case "RS256" -> generator.initialize(rsaBits);
                case "ES256" -> generator.initialize(new ECGenParameterSpec("secp256r1"));
                case "ES384" -> generator.initialize(new ECGenParameterSpec("secp384r1"));
                default -> {}
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /// A token that says this, with a header of this key's algorithm.
    public String token(String claims) {
        return token("{\"alg\":\"" + algorithm + "\"}", claims);
    }

    /// A token with any header.
    public String token(String header, String claims) {
        String content = encode(header) + '.' + encode(claims);
        return content + '.' + BASE64URL.encodeToString(sign(content));
    }

    /// Base64url of a text.
    public static String encode(String text) {
        return BASE64URL.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] sign(String content) {
        byte[] bytes = content.getBytes(StandardCharsets.US_ASCII);
        try {
            if (algorithm.equals("HS256")) {
                return hmac(secret.getBytes(StandardCharsets.UTF_8), bytes);
            }
            Signature signature =
                    Signature.getInstance(
                            switch (algorithm) {
                                case "RS256" -> "SHA256withRSA";
                                case "ES256" -> "SHA256withECDSAinP1363Format";
                                default -> "Ed25519";
                            });
            signature.initSign(pair.getPrivate());
            signature.update(bytes);
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /// HMAC with SHA-256.
    public static byte[] hmac(byte[] secret, byte[] content) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        return mac.doFinal(content);
    }

    /// The public half in PEM.
    public String publicPem() {
        return pem("PUBLIC KEY", pair.getPublic().getEncoded());
    }

    /// The private half in PEM.
    public String privatePem() {
        PrivateKey key = pair.getPrivate();
        return pem("PRIVATE KEY", key.getEncoded());
    }

    /// A block of PEM.
    public static String pem(String label, byte[] der) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + base64 + "\n-----END " + label + "-----\n";
    }

    /// The public half, or the secret, as a JWK.
    ///
    /// @param more members, such as `"kid":"a"`; may be empty
    public String jwk(String more) {
        String members =
                switch (algorithm) {
                    case "HS256" -> member("kty", "oct") + ',' + member("k", encode(secret));
                    case "RS256" -> {
                        RSAPublicKey rsa = (RSAPublicKey) pair.getPublic();
                        yield member("kty", "RSA")
                                + ','
                                + member("n", number(rsa.getModulus(), 256))
                                + ','
                                + member("e", number(rsa.getPublicExponent(), 3));
                    }
                    case "ES256" -> {
                        ECPublicKey ec = (ECPublicKey) pair.getPublic();
                        yield member("kty", "EC")
                                + ','
                                + member("crv", "P-256")
                                + ','
                                + member("x", number(ec.getW().getAffineX(), 32))
                                + ','
                                + member("y", number(ec.getW().getAffineY(), 32));
                    }
                    default -> {
                        byte[] x509 = pair.getPublic().getEncoded();
                        byte[] x = Arrays.copyOfRange(x509, x509.length - 32, x509.length);
                        yield member("kty", "OKP")
                                + ','
                                + member("crv", "Ed25519")
                                + ','
                                + member("x", BASE64URL.encodeToString(x));
                    }
                };
        return '{' + members + (more.isEmpty() ? "" : ',' + more) + '}';
    }

    private static String member(String name, String value) {
        return String.format(Locale.ROOT, "\"%s\":\"%s\"", name, value);
    }

    private static String number(BigInteger number, int bytes) {
        byte[] signed = number.toByteArray();
        byte[] unsigned = new byte[bytes];
        int length = Math.min(bytes, signed.length);
        System.arraycopy(signed, signed.length - length, unsigned, bytes - length, length);
        return BASE64URL.encodeToString(unsigned);
    }
}
