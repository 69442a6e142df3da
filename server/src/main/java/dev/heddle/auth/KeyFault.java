package dev.heddle.auth;

import java.io.IOException;

/// Keys cannot be had or cannot be used, which the operator has to mend. The message says where
/// they should be and what is wrong, in one line, and never what is in them.
public final class KeyFault extends IOException {
    private static final long serialVersionUID = 1L;

    KeyFault(String message) {
        super(message);
    }
}
