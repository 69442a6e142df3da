package dev.heddle.http;

/// Whether a connection stays open for another request, and how the answer says so (RFC 9112,
/// section 9.3).
public enum Persistence {
    /// It stays open, as HTTP/1.1 has it unless somebody says otherwise.
    KEPT(""),
    /// It stays open because a client of HTTP/1.0 has asked for that.
    KEPT_AS_ASKED("Connection: keep-alive\r\n"),
    CLOSED("Connection: close\r\n");

    final String line;

    Persistence(String line) {
        this.line = line;
    }

    public boolean isKept() {
        return this != CLOSED;
    }
}
