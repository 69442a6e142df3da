package dev.heddle.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.impl.BaseJWSProvider;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;

/// Ed25519 signatures (RFC 8037) by the JDK. The library's own would bring Google Tink along.
final class EdDsa {
    static final String ED25519 = "Ed25519";

    private static final int KEY_BYTES = 32;

    /// The bytes before the 32 bytes of a key in X.509 and PKCS #8 (RFC 8410 sections 4 and 7).
    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final byte[] PKCS8_PREFIX =
            HexFormat.of().parseHex("302e020100300506032b657004220420");

    private static final Set<JWSAlgorithm> NAMES = Set.of(JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519);

    private EdDsa() {}

    /// The key as a JWK.
    static OctetKeyPair jwk(EdECPublicKey key) {
        byte[] x509 = key.getEncoded();
        byte[] x = Arrays.copyOfRange(x509, x509.length - KEY_BYTES, x509.length);
        return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(x)).build();
    }

    /// The private half of a pair.
    static PrivateKey privateKey(OctetKeyPair pair) throws JOSEException {
        try {
            byte[] pkcs8 = join(PKCS8_PREFIX, pair.getDecodedD());
            return KeyFactory.getInstance(ED25519).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException unusable) {
            throw new JOSEException("not an Ed25519 key", unusable);
        }
    }

    private static byte[] join(byte[] prefix, byte[] key) throws JOSEException {
        if (key.length != KEY_BYTES) {
            throw new JOSEException("not an Ed25519 key");
        }
        return ByteBuffer.allocate(prefix.length + KEY_BYTES).put(prefix).put(key).array();
    }

    /// Verifies. **Thread-safe.**
    static final class Verifier extends BaseJWSProvider implements JWSVerifier {
        private final PublicKey key;

        /// @throws JOSEException if the key is not of this curve
        Verifier(OctetKeyPair key) throws JOSEException {
            super(NAMES);
            if (!Curve.Ed25519.equals(key.getCurve())) {
                throw new JOSEException("not an Ed25519 key");
            }
            try {
                byte[] x509 = join(X509_PREFIX, key.getDecodedX());
                this.key =
                        KeyFactory.getInstance(ED25519)
                                .generatePublic(new X509EncodedKeySpec(x509));
            } catch (GeneralSecurityException unusable) {
                throw new JOSEException("not an Ed25519 key", unusable);
            }
        }

        @Override
        public boolean verify(JWSHeader header, byte[] content, Base64URL signature)
                throws JOSEException {
            try {
                Signature verification = Signature.getInstance(ED25519);
                verification.initVerify(key);
                verification.update(content);
                return verification.verify(signature.decode());
            } catch (GeneralSecurityException noSignature) {
                return false;
            }
        }
    }

    /// Signs. **Thread-safe.**
    static final class Signer extends BaseJWSProvider implements JWSSigner {
        private final PrivateKey key;

        Signer(PrivateKey key) {
            super(NAMES);
            this.key = key;
        }

        @Override
        public Base64URL sign(JWSHeader header, byte[] content) throws JOSEException {
            try {
                Signature signature = Signature.getInstance(ED25519);
                signature.initSign(key);
                signature.update(content);
                return Base64URL.encode(signature.sign());
            } catch (GeneralSecurityException impossible) {
                throw new JOSEException("cannot sign", impossible);
            }
        }
    }
}
