package dev.heddle;

import java.io.IOException;

/// A port could not be bound: it is in use, not allowed, or its host is not one of this machine.
public final class BindFailure extends IOException {
    private static final long serialVersionUID = 1L;

    private final String host;
    private final int port;
    private final boolean internal;

    /// @param host as configured
    /// @param port as configured
    /// @param internal whether it is the internal port
    /// @param cause what the system said
    public BindFailure(String host, int port, boolean internal, IOException cause) {
        super("cannot bind " + host + ":" + port, cause);
        this.host = host;
        this.port = port;
        this.internal = internal;
    }

    /// The host as configured.
    public String host() {
        return host;
    }

    /// The port as configured.
    public int port() {
        return port;
    }

    /// Whether it is the internal port.
    public boolean internal() {
        return internal;
    }
}
