package dev.heddle.handshake;

import dev.heddle.deflate.Deflation;
import dev.heddle.deflate.Offer;
import dev.heddle.http.Header;
import dev.heddle.http.RequestHead;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;

/// The server's side of the opening handshake (RFC 6455, section 4.2). Pure.
public final class Handshake {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final String ACCEPTED =
            String.join(
                    "\r\n",
                    "HTTP/1.1 101 Switching Protocols",
                    "Upgrade: websocket",
                    "Connection: Upgrade",
                    "Sec-WebSocket-Accept: ");

    private static final String EXTENSIONS = "\r\nSec-WebSocket-Extensions: ";

    /// 16 bytes in Base64 are 24 characters, the last two of them padding.
    private static final int KEY_LENGTH = 24;

    private static final int KEY_BYTES = 16;

    /// Cloned for each handshake: looking it up would leave each connection's thread with a
    /// `ThreadLocal` of the security provider, 190 bytes for good.
    private static final MessageDigest SHA_1 = sha1();

    private Handshake() {}

    /// Whether a `GET` request means to be an opening handshake, good or bad, and no other request.
    public static boolean isMeant(RequestHead head) {
        return head.header(Header.SEC_WEBSOCKET_KEY) != null
                || head.hasToken(Header.UPGRADE, "websocket");
    }

    /// Decides about a `GET` request for an endpoint.
    ///
    /// @param deflation what compresses its messages, if anything does
    public static Outcome decide(RequestHead head, Origins origins, Optional<Deflation> deflation) {
        Rejection rejection = reject(head, origins);
        return rejection == null ? accept(head, deflation) : rejection;
    }

    private static @Nullable Rejection reject(RequestHead head, Origins origins) {
        if (head.isOld()) {
            return Rejection.OLD_HTTP;
        }
        String key = head.header(Header.SEC_WEBSOCKET_KEY);
        if (!head.hasToken(Header.UPGRADE, "websocket")) {
            return key == null || head.header(Header.UPGRADE) != null
                    ? Rejection.NO_UPGRADE
                    : Rejection.UPGRADE_LOST;
        }
        if (!head.hasToken(Header.CONNECTION, "upgrade")) {
            return Rejection.NO_CONNECTION_UPGRADE;
        }
        if (!"13".equals(head.header(Header.SEC_WEBSOCKET_VERSION))) {
            return Rejection.WRONG_VERSION;
        }
        if (key == null || !isKey(key)) {
            return Rejection.BAD_KEY;
        }
        if (!origins.allow(head.header(Header.ORIGIN), head.authority())) {
            return Rejection.ORIGIN_NOT_ALLOWED;
        }
        return null;
    }

    private static Accepted accept(RequestHead head, Optional<Deflation> deflation) {
        String key = Objects.requireNonNull(head.header(Header.SEC_WEBSOCKET_KEY));
        Optional<Offer> offer =
                deflation.flatMap(it -> it.accept(head.header(Header.SEC_WEBSOCKET_EXTENSIONS)));
        String extensions = offer.map(it -> EXTENSIONS + it.answer()).orElse("");
        String response = ACCEPTED + answer(key) + extensions + "\r\n\r\n";
        return new Accepted(
                response.getBytes(StandardCharsets.US_ASCII), offer.map(Offer::agreement));
    }

    private static boolean isKey(String key) {
        if (key.length() != KEY_LENGTH) {
            return false;
        }
        try {
            return Base64.getDecoder().decode(key).length == KEY_BYTES;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    private static String answer(String key) {
        try {
            MessageDigest sha1 = (MessageDigest) SHA_1.clone();
            byte[] digest = sha1.digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException("the JDK's SHA-1 can be cloned", impossible);
        }
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-1", impossible);
        }
    }
}
