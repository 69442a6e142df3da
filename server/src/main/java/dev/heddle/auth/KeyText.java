package dev.heddle.auth;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.util.JSONObjectUtils;

import dev.heddle.config.Secret;
import dev.heddle.pem.PemBlock;

import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Keys as text: a secret, or PEM, a JWK or a JWKS (RFC 7517). Of a set with keys for other
/// purposes those that tokens may be signed with are taken.
final class KeyText {
    /// RFC 7518 section 3.2: of the same size as the hash, or larger.
    private static final int MIN_SECRET_BYTES = 32;

    /// A mark that some editors put before a text; it means nothing.
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private KeyText() {}

    /// The secret as a key.
    ///
    /// @throws KeyFault if it is too short, or is a key that everybody may know
    static JWKSet ofSecret(byte[] secret) throws KeyFault {
        if (secret.length < MIN_SECRET_BYTES) {
            throw new KeyFault("must have " + MIN_SECRET_BYTES + " bytes or more");
        }
        String text = new String(secret, StandardCharsets.UTF_8);
        if (PemBlock.isIn(text) || isJson(text)) {
            throw new KeyFault("is a key in PEM or JSON, and no secret; see token.key-file");
        }
        if (isPublicKey(text)) {
            throw new KeyFault("is a public key, which everybody may know, and no secret");
        }
        Optional<String> unseen = Secret.unseen(text);
        if (unseen.isPresent() && !text.contains("\uFFFD")) { // what is no text may be anything
            throw new KeyFault(unseen.get());
        }
        return new JWKSet(new OctetSequenceKey.Builder(secret).build());
    }

    /// The keys that tokens may be signed with; at least one.
    ///
    /// @throws KeyFault if there is none
    static JWKSet ofKeys(String text) throws KeyFault {
        List<JWK> keys = parse(text);
        List<JWK> usable = new ArrayList<>();
        Optional<String> fault = Optional.empty();
        for (JWK key : keys) {
            Optional<String> faultOfKey = fault(key);
            if (faultOfKey.isEmpty()) {
                usable.add(key);
            }
            fault = fault.or(() -> faultOfKey);
        }
        if (usable.isEmpty()) {
            throw new KeyFault("has no key to use" + fault.map(": "::concat).orElse(""));
        }
        return new JWKSet(usable);
    }

    /// Every key in the text, private ones too if it is JSON.
    static List<JWK> parse(String withMark) throws KeyFault {
        String text = withMark.startsWith(BYTE_ORDER_MARK) ? withMark.substring(1) : withMark;
        if (isJson(text)) {
            return ofJson(text);
        }
        List<JWK> keys = new ArrayList<>();
        for (Pem block : Pem.blocks(text)) {
            keys.add(block.publicKey());
        }
        if (keys.isEmpty()) {
            throw new KeyFault("is neither PEM nor a JWK nor a JWKS");
        }
        return keys;
    }

    static boolean isJson(String text) {
        return text.stripLeading().startsWith("{");
    }

    private static List<JWK> ofJson(String text) throws KeyFault {
        Map<String, Object> json = json(text);
        List<JWK> keys = new ArrayList<>();
        try {
            if (!json.containsKey("keys")) {
                return List.of(JWK.parse(json));
            }
            for (Map<String, Object> key : JSONObjectUtils.getJSONObjectArray(json, "keys")) {
                parse(key).ifPresent(keys::add);
            }
        } catch (ParseException | RuntimeException garbled) {
            throw new KeyFault("is no JWK or JWKS that can be read");
        }
        return keys;
    }

    private static Map<String, Object> json(String text) throws KeyFault {
        try {
            return JSONObjectUtils.parse(text);
        } catch (ParseException garbled) {
            throw new KeyFault("is no JSON that can be read");
        }
    }

    /// One key of a set; empty if it is of a type that nobody here knows, or is broken: others may
    /// be good (RFC 7517 section 5).
    private static Optional<JWK> parse(Map<String, Object> key) {
        try {
            return Optional.of(JWK.parse(key));
        } catch (ParseException | RuntimeException unusable) {
            return Optional.empty();
        }
    }

    private static Optional<String> fault(JWK key) {
        return SignatureAlgorithm.of(key)
                .map(algorithm -> algorithm.fault(key))
                .orElseGet(() -> Optional.of("no token is signed with one of its type"));
    }

    /// Whether the text is a public key as some pages show it, without the lines that PEM has
    /// around it, or in OpenSSH's form.
    private static boolean isPublicKey(String text) {
        if (text.startsWith("ssh-") || text.startsWith("ecdsa-sha2-")) {
            return true;
        }
        try {
            String pem = "-----BEGIN PUBLIC KEY-----" + text + "-----END PUBLIC KEY-----";
            for (Pem block : Pem.blocks(pem)) {
                block.publicKey();
            }
            return !Pem.blocks(pem).isEmpty();
        } catch (KeyFault none) {
            return false;
        }
    }
}
