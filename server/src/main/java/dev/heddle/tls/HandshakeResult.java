package dev.heddle.tls;

import java.util.Arrays;
import java.util.List;

/// How a TLS handshake has ended.
public enum HandshakeResult {
    /// The connection is secure.
    DONE("done"),
    /// The bytes that came were no TLS at all.
    NOT_TLS("not tls"),
    /// The client has ended the connection.
    GONE("gone"),
    /// A deadline has passed.
    TOO_SLOW("too slow"),
    /// The client does not want us: it does not trust the certificate, for example.
    REFUSED_BY_CLIENT("refused by client"),
    /// We do not want the client: it speaks nothing that we do, or has not the certificate that it
    /// needs.
    REFUSED("refused");

    /// For metrics, events and people.
    public final String label;

    HandshakeResult(String label) {
        this.label = label;
    }

    /// All labels.
    static List<String> labels() {
        return Arrays.stream(values()).map(result -> result.label).toList();
    }
}
