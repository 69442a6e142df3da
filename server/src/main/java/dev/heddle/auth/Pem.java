package dev.heddle.auth;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;

import dev.heddle.pem.PemBlock;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.Optional;

/// A block of a PEM text (RFC 7468).
///
/// @param label what it says it is
/// @param der its content
record Pem(String label, byte[] der) {
    private static final List<String> KEY_TYPES = List.of("RSA", "EC", EdDsa.ED25519);

    /// All blocks of a text. Line ends may be written `\n`, as they must be in some environments.
    static List<Pem> blocks(String text) {
        return PemBlock.blocks(text).stream()
                .map(block -> new Pem(block.label(), block.der()))
                .toList();
    }

    /// The public key in this block, or that of the certificate, whose other content does not
    /// matter.
    ///
    /// @throws KeyFault if there is none that tokens may be signed with
    JWK publicKey() throws KeyFault {
        return switch (label) {
            case "PUBLIC KEY" -> jwk(publicKeyOfX509());
            case "CERTIFICATE" -> jwk(publicKeyOfCertificate());
            case "PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY" ->
                    throw new KeyFault(
                            "is a private key; the server needs the public one, which openssl pkey"
                                    + " -pubout makes of it");
            case "RSA PUBLIC KEY" ->
                    throw new KeyFault(
                            "must begin with BEGIN PUBLIC KEY, to which openssl rsa"
                                    + " -RSAPublicKey_in converts it");
            default -> throw new KeyFault("is no public key in PEM");
        };
    }

    /// The private key in this block.
    ///
    /// @throws KeyFault if there is none that tokens may be signed with
    PrivateKey privateKey() throws KeyFault {
        if (!label.equals("PRIVATE KEY")) {
            throw new KeyFault(
                    "must begin with BEGIN PRIVATE KEY; openssl pkey converts other private keys");
        }
        return ofSomeType(factory -> factory.generatePrivate(new PKCS8EncodedKeySpec(der)));
    }

    private PublicKey publicKeyOfX509() throws KeyFault {
        return ofSomeType(factory -> factory.generatePublic(new X509EncodedKeySpec(der)));
    }

    private interface Decoder<K> {
        K decode(KeyFactory factory) throws GeneralSecurityException;
    }

    private static <K> K ofSomeType(Decoder<K> decoder) throws KeyFault {
        return KEY_TYPES.stream()
                .flatMap(type -> ofType(type, decoder).stream())
                .findFirst()
                .orElseThrow(Pem::ofNoType);
    }

    private static <K> Optional<K> ofType(String type, Decoder<K> decoder) {
        try {
            return Optional.of(decoder.decode(KeyFactory.getInstance(type)));
        } catch (GeneralSecurityException ofAnotherType) {
            return Optional.empty();
        }
    }

    private static KeyFault ofNoType() {
        return new KeyFault("is no RSA, P-256 or Ed25519 key");
    }

    private PublicKey publicKeyOfCertificate() throws KeyFault {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(der))
                    .getPublicKey();
        } catch (GeneralSecurityException unreadable) {
            throw new KeyFault("is no certificate that can be read");
        }
    }

    private static JWK jwk(PublicKey key) throws KeyFault {
        return switch (key) {
            case RSAPublicKey rsa -> new RSAKey.Builder(rsa).build();
            case ECPublicKey ec -> new ECKey.Builder(curve(ec), ec).build();
            case EdECPublicKey ed when ed.getParams().getName().equals(EdDsa.ED25519) ->
                    EdDsa.jwk(ed);
            default -> throw ofNoType();
        };
    }

    private static Curve curve(ECPublicKey key) throws KeyFault {
        return Optional.ofNullable(Curve.forECParameterSpec(key.getParams()))
                .orElseThrow(Pem::ofNoType);
    }
}
