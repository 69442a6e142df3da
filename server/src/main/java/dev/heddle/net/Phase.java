package dev.heddle.net;

/// The phase of a connection's thread, which decides the deadline that holds.
enum Phase {
    /// Reads the header of the PROXY protocol: that header's deadline, in all.
    PROXY_HEADER("waiting for a proxy's header"),
    /// Does the TLS handshake: the head deadline, in all, but for what the server computes.
    TLS("doing the TLS handshake"),
    /// Reads a request head: the head deadline, in all, not between bytes.
    HEAD("waiting for a request"),
    /// Writes a response: the write deadline.
    RESPONDING("writing a response"),
    /// Waits for the first byte of a message: pings, and the idle deadline.
    AT_REST("waiting for a frame"),
    /// Reads the rest of a message: the message deadline, in all.
    IN_MESSAGE("receiving a message"),
    /// Lets the endpoint handle a message: none, its time is the server's.
    HANDLING("handling a message"),
    /// Has said everything and waits for the peer to end the connection: the close deadline.
    LINGERING("waiting for the client to end");

    /// For people.
    final String words;

    Phase(String words) {
        this.words = words;
    }
}
