package dev.heddle.tls;

import dev.heddle.pem.PemBlock;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/// A certificate that its own key has signed (RFC 5280), for trying TLS out.
///
/// @param certificate as PEM
/// @param key its private key, as PEM
public record SelfSigned(String certificate, String key) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int SERIAL_BYTES = 16;
    private static final int VERSION_3 = 2;

    // Context-specific tags: of parts of a certificate, and of names in it.
    private static final int VERSION_TAG = 0xA0;

    private static final int EXTENSIONS_TAG = 0xA3;
    private static final int DNS_NAME = 0x82;
    private static final int IP_ADDRESS = 0x87;

    private static final byte[] ECDSA_WITH_SHA256 =
            Der.sequence(Der.identifier(0x2A, 0x86, 0x48, 0xCE, 0x3D, 4, 3, 2));
    private static final byte[] COMMON_NAME = Der.identifier(0x55, 4, 3);
    private static final byte[] SUBJECT_ALTERNATIVE_NAME = Der.identifier(0x55, 0x1D, 0x11);
    private static final byte[] EXTENDED_KEY_USAGE = Der.identifier(0x55, 0x1D, 0x25);
    private static final byte[] SERVER_AUTHENTICATION = Der.identifier(0x2B, 6, 1, 5, 5, 7, 3, 1);

    /// Makes a key on P-256 and a certificate for it.
    ///
    /// @param hosts names and addresses that clients call the server by; at least one
    /// @param from when it begins to be valid, in the years 1950 to 2049
    /// @param to when it ends
    public static SelfSigned make(List<String> hosts, Instant from, Instant to) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            byte[] content = content(pair, hosts, from, to);
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(pair.getPrivate());
            signature.update(content);
            byte[] signed = Der.sequence(content, ECDSA_WITH_SHA256, Der.bits(signature.sign()));
            return new SelfSigned(
                    PemBlock.text("CERTIFICATE", signed),
                    PemBlock.text("PRIVATE KEY", pair.getPrivate().getEncoded()));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this Java has no P-256", impossible);
        }
    }

    private static byte[] content(KeyPair pair, List<String> hosts, Instant from, Instant to) {
        byte[] name =
                Der.sequence(
                        Der.set(Der.sequence(COMMON_NAME, Der.text("Heddle " + hosts.getFirst()))));
        byte[] serial = new byte[SERIAL_BYTES];
        new SecureRandom().nextBytes(serial);
        serial[0] = (byte) (serial[0] & 0x3F | 0x40); // positive, and of this length
        return Der.sequence(
                Der.value(VERSION_TAG, Der.integer((byte) VERSION_3)),
                Der.integer(serial),
                ECDSA_WITH_SHA256,
                name,
                Der.sequence(Der.time(TIME.format(from)), Der.time(TIME.format(to))),
                name,
                pair.getPublic().getEncoded(),
                Der.value(
                        EXTENSIONS_TAG,
                        Der.sequence(
                                extension(SUBJECT_ALTERNATIVE_NAME, names(hosts)),
                                extension(
                                        EXTENDED_KEY_USAGE, Der.sequence(SERVER_AUTHENTICATION)))));
    }

    private static byte[] extension(byte[] identifier, byte[] value) {
        return Der.sequence(identifier, Der.octets(value));
    }

    private static byte[] names(List<String> hosts) {
        ByteArrayOutputStream names = new ByteArrayOutputStream();
        hosts.forEach(host -> names.writeBytes(name(host)));
        return Der.sequence(names.toByteArray());
    }

    private static byte[] name(String host) {
        try {
            return Der.value(IP_ADDRESS, InetAddress.ofLiteral(host).getAddress());
        } catch (IllegalArgumentException noAddress) {
            return Der.value(DNS_NAME, host.getBytes(StandardCharsets.US_ASCII));
        }
    }
}
