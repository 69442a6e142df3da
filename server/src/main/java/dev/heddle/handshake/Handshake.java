package dev.heddle.handshake;

import dev.heddle.config.Subprotocols;
import dev.heddle.http.Header;
import dev.heddle.http.RequestHead;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// The server's side of the opening handshake (RFC 6455, section 4.2). Pure.
public final class Handshake {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

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
    /// @param scheme what the client has spoken, `http` or `https`
    /// @param spoken the endpoint's subprotocols
    public static Outcome decide(
            RequestHead head, String scheme, Origins origins, Subprotocols spoken) {
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
        if (!origins.allow(head.header(Header.ORIGIN), scheme, head.authority())) {
            return Rejection.ORIGIN_NOT_ALLOWED;
        }
        return spoken.names().isEmpty()
                ? accepted(key, Optional.empty())
                : agree(key, head.tokens(Header.SEC_WEBSOCKET_PROTOCOL), spoken);
    }

    /// Agrees on the first offered subprotocol that is spoken. Without one a client is let in
    /// unless it must have one, and told so by an answer that names none.
    private static Outcome agree(String key, Optional<List<String>> offered, Subprotocols spoken) {
        if (offered.isEmpty()) {
            return Rejection.BAD_SUBPROTOCOLS;
        }
        Optional<String> agreed =
                offered.get().stream().filter(spoken.names()::contains).findFirst();
        return agreed.isEmpty() && spoken.required()
                ? Rejection.NO_SUBPROTOCOL
                : accepted(key, agreed);
    }

    private static Accepted accepted(String key, Optional<String> subprotocol) {
        return new Accepted(accept(key), subprotocol, Optional.empty());
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

    private static String accept(String key) {
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
