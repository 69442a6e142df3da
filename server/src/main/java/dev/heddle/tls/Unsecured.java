package dev.heddle.tls;

import java.io.IOException;

/// A TLS handshake has failed. It has no stack: it is the peer's doing.
public final class Unsecured extends IOException {
    private static final long serialVersionUID = 1L;

    private final HandshakeResult result;

    Unsecured(HandshakeResult result) {
        super(result.label);
        this.result = result;
    }

    /// Why; never [HandshakeResult#DONE].
    public HandshakeResult result() {
        return result;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
