package dev.heddle.conformance;

/// A table of cases that cannot be understood.
final class TableException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    TableException(String message) {
        super(message);
    }

    TableException(String message, Throwable cause) {
        super(message + ": " + cause.getMessage(), cause);
    }
}
