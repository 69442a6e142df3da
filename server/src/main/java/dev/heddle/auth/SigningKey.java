package dev.heddle.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;

/// A key that tokens are signed with: a secret, or the private half of a pair.
///
/// @param id its name, where it has one
record SigningKey(SignatureAlgorithm algorithm, @Nullable String id, JWSSigner signer) {
    private static final String NEEDED = "; --key-file names a file with one";

    /// The first key that can sign.
    ///
    /// @throws KeyFault if there is none
    static SigningKey of(KeySource source) throws KeyFault {
        if (source instanceof JwksUrl) {
            throw new KeyFault("token.jwks-url has no private key" + NEEDED);
        }
        return of(source.load());
    }

    /// The first key in a file that can sign.
    ///
    /// @throws KeyFault if there is none
    static SigningKey of(Path file) throws KeyFault {
        try {
            String text = KeySource.File.text(KeySource.File.content(file));
            if (KeyText.isJson(text)) {
                return of(KeyText.ofKeys(text));
            }
            for (Pem block : Pem.blocks(text)) {
                return of(block.privateKey());
            }
            throw new KeyFault("is neither PEM nor a JWK nor a JWKS");
        } catch (KeyFault fault) {
            throw new KeyFault("--key-file " + file + " " + fault.getMessage());
        }
    }

    private static SigningKey of(JWKSet keys) throws KeyFault {
        for (JWK key : keys.getKeys()) {
            if (key.isPrivate()) {
                return of(key);
            }
        }
        throw new KeyFault("there is no private key to sign with" + NEEDED);
    }

    private static SigningKey of(JWK key) throws KeyFault {
        SignatureAlgorithm algorithm = SignatureAlgorithm.of(key).orElseThrow();
        try {
            JWSSigner signer =
                    switch (algorithm) {
                        case HS256 -> new MACSigner(key.toOctetSequenceKey());
                        case RS256 -> new RSASSASigner(key.toRSAKey());
                        case ES256 -> new ECDSASigner(key.toECKey());
                        case EDDSA -> new EdDsa.Signer(EdDsa.privateKey(key.toOctetKeyPair()));
                    };
            return new SigningKey(algorithm, key.getKeyID(), signer);
        } catch (JOSEException unfit) {
            throw new KeyFault("the private key cannot be used");
        }
    }

    private static SigningKey of(PrivateKey key) throws KeyFault {
        try {
            return switch (key.getAlgorithm()) {
                case "RSA" -> new SigningKey(SignatureAlgorithm.RS256, null, new RSASSASigner(key));
                case "EC" ->
                        new SigningKey(
                                SignatureAlgorithm.ES256,
                                null,
                                new ECDSASigner((ECPrivateKey) key));
                default -> new SigningKey(SignatureAlgorithm.EDDSA, null, new EdDsa.Signer(key));
            };
        } catch (JOSEException unfit) {
            throw new KeyFault("cannot be used to sign");
        }
    }
}
