package dev.heddle.tls;

import java.io.IOException;

/// A certificate or its key cannot be had or used, which the operator has to mend. The message says
/// which file and what is wrong, in one line, and never what is in it.
public final class TlsFault extends IOException {
    private static final long serialVersionUID = 1L;

    TlsFault(String message) {
        super(message);
    }
}
