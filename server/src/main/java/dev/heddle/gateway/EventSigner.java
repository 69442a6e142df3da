package dev.heddle.gateway;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs events, so that a service can tell that they are ours: HMAC-SHA256 over all attributes,
/// the media type and the body.
///
/// The signed text is a line `name:value` for each attribute, with its prefix, and for
/// `content-type`, in the order of their names, each ended by a line feed; then an empty line, and
/// the body. The signature is `sha256=` and hexadecimal digits, once for each secret, with commas
/// between: so a secret can be changed while services know only the old one, or only the new one.
///
/// **Thread-safe.**
final class EventSigner {
    private static final String ALGORITHM = "HmacSHA256";

    /// Each is cloned for each event: looking one up costs more.
    private final List<Mac> macs;

    /// @param secrets none for no signature
    EventSigner(List<String> secrets) {
        this.macs = secrets.stream().map(EventSigner::mac).toList();
    }

    /// Whether there are signatures.
    boolean signs() {
        return !macs.isEmpty();
    }

    /// Signs an event.
    ///
    /// @param attributes of the event, which [ServiceEvent#attributes] returns
    String sign(String[] attributes, ServiceEvent.Data data) {
        StringBuilder head = new StringBuilder(512);
        for (int i = 0; i < attributes.length; i += 2) {
            head.append(attributes[i]).append(':').append(attributes[i + 1]).append('\n');
        }
        head.append("content-type:").append(data.type()).append("\n\n");
        byte[] signed = head.toString().getBytes(StandardCharsets.US_ASCII);
        return macs.stream()
                .map(mac -> "sha256=" + HexFormat.of().formatHex(digest(mac, signed, data.bytes())))
                .collect(Collectors.joining(","));
    }

    private static byte[] digest(Mac shared, byte[] head, byte[] body) {
        try {
            Mac mac = (Mac) shared.clone();
            mac.update(head);
            return mac.doFinal(body);
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException("the JDK's HMAC can be cloned", impossible);
        }
    }

    private static Mac mac(String secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.US_ASCII), ALGORITHM));
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, impossible);
        }
    }
}
