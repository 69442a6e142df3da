package dev.heddle.auth;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.KeyUse;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// How tokens may be signed (RFC 7518 section 3, RFC 8037 section 3.1). Each is bound to one type
/// of key, and a key is never used for another: so nobody can take a public key, which everybody
/// knows, for a secret.
@SuppressWarnings("ImmutableEnumChecker") // the library does not say that its types are
enum SignatureAlgorithm {
    HS256(KeyType.OCT, 256, JWSAlgorithm.HS256),
    RS256(KeyType.RSA, 2048, JWSAlgorithm.RS256),
    ES256(KeyType.EC, 256, JWSAlgorithm.ES256),
    EDDSA(KeyType.OKP, 256, JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519);

    private final KeyType keyType;
    private final int minBits;
    private final List<JWSAlgorithm> names;

    SignatureAlgorithm(KeyType keyType, int minBits, JWSAlgorithm... names) {
        this.keyType = keyType;
        this.minBits = minBits;
        this.names = List.of(names);
    }

    /// The algorithm that a token's header names; empty if it is none of these.
    static Optional<SignatureAlgorithm> named(Algorithm name) {
        return Arrays.stream(values()).filter(each -> each.names.contains(name)).findFirst();
    }

    /// The algorithm that a key is for; empty if it is for none of these.
    static Optional<SignatureAlgorithm> of(JWK key) {
        return Arrays.stream(values())
                .filter(each -> each.keyType.equals(key.getKeyType()))
                .findFirst();
    }

    KeyType keyType() {
        return keyType;
    }

    /// As a header names it.
    JWSAlgorithm jwsName() {
        return names.getFirst();
    }

    /// Why a key of this type cannot be used; empty if it can.
    Optional<String> fault(JWK key) {
        if (key.getAlgorithm() != null && !names.contains(key.getAlgorithm())) {
            return Optional.of("one of its type must be for " + jwsName());
        }
        if (key.getKeyUse() != null && !key.getKeyUse().equals(KeyUse.SIGNATURE)) {
            return Optional.of("it is not for signatures");
        }
        if (key.getKeyRevocation() != null) {
            return Optional.of("it is revoked");
        }
        try {
            if (key.size() < minBits) {
                return Optional.of("it has less than " + minBits + " bits");
            }
            JWSVerifier verifier = verifier(key);
            return verifier.supportedJWSAlgorithms().contains(jwsName())
                    ? Optional.empty()
                    : Optional.of("its curve is not that of " + jwsName());
        } catch (JOSEException | IllegalArgumentException | IllegalStateException unusable) {
            return Optional.of("it is no key of " + jwsName());
        }
    }

    /// The verifier for a key of this type; of a pair it takes the public half.
    ///
    /// @throws JOSEException if the key cannot be used
    JWSVerifier verifier(JWK key) throws JOSEException {
        return switch (this) {
            case HS256 -> new MACVerifier(key.toOctetSequenceKey());
            case RS256 -> new RSASSAVerifier(key.toRSAKey().toPublicJWK());
            case ES256 -> new ECDSAVerifier(key.toECKey().toPublicJWK());
            case EDDSA -> new EdDsa.Verifier(key.toOctetKeyPair().toPublicJWK());
        };
    }
}
