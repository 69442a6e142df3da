package dev.heddle.tls;

import dev.heddle.pem.PemBlock;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;

/// Writes values in DER (X.690), of the few kinds that keys and certificates need.
final class Der {
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int OCTET_STRING = 0x04;
    private static final int OBJECT_IDENTIFIER = 0x06;
    private static final int UTF8_STRING = 0x0C;
    private static final int UTC_TIME = 0x17;
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;

    private Der() {}

    /// A value with its tag and length.
    static byte[] value(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        value.write(tag);
        int length = content.size();
        if (length < 0x80) {
            value.write(length);
        } else {
            int octets = length > 0xFF ? 2 : 1;
            value.write(0x80 | octets);
            for (int shift = 8 * (octets - 1); shift >= 0; shift -= 8) {
                value.write(length >> shift);
            }
        }
        value.writeBytes(content.toByteArray());
        return value.toByteArray();
    }

    static byte[] sequence(byte[]... parts) {
        return value(SEQUENCE, parts);
    }

    static byte[] set(byte[]... parts) {
        return value(SET, parts);
    }

    /// @param magnitude without a sign: its first bit must be 0
    static byte[] integer(byte... magnitude) {
        return value(INTEGER, magnitude);
    }

    static byte[] octets(byte... bytes) {
        return value(OCTET_STRING, bytes);
    }

    static byte[] bits(byte... bytes) {
        return value(BIT_STRING, new byte[] {0}, bytes);
    }

    static byte[] text(String text) {
        return value(UTF8_STRING, text.getBytes(StandardCharsets.UTF_8));
    }

    /// @param text such as `260131120000Z`
    static byte[] time(String text) {
        return value(UTC_TIME, text.getBytes(StandardCharsets.US_ASCII));
    }

    /// @param encoded the identifier's octets
    static byte[] identifier(int... encoded) {
        byte[] octets = new byte[encoded.length];
        for (int i = 0; i < encoded.length; i++) {
            octets[i] = (byte) encoded[i];
        }
        return value(OBJECT_IDENTIFIER, octets);
    }

    /// A private key in the form of PKCS#8 (RFC 5208), of one in the older form that its algorithm
    /// has, which is the same but for the algorithm: that is the public key's.
    static byte[] pkcs8(PublicKey key, PemBlock older) {
        return sequence(integer((byte) 0), algorithm(key.getEncoded()), octets(older.der()));
    }

    /// The first part of a `SubjectPublicKeyInfo` (RFC 5280, section 4.1.2.7).
    private static byte[] algorithm(byte[] info) {
        int from = headerLength(info, 0);
        int length = headerLength(info, from) + contentLength(info, from);
        byte[] algorithm = new byte[length];
        System.arraycopy(info, from, algorithm, 0, length);
        return algorithm;
    }

    private static int headerLength(byte[] der, int at) {
        return (der[at + 1] & 0x80) == 0 ? 2 : 2 + (der[at + 1] & 0x7F);
    }

    /// The length of a value of fewer than 128 bytes, as each algorithm's is.
    private static int contentLength(byte[] der, int at) {
        return der[at + 1];
    }
}
