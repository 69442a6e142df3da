package dev.heddle.net;

/// What a connection's thread is doing, and so which deadline holds.
enum Phase {
    /// Reads a request head: the head deadline, in all, not between bytes.
    HEAD,
    /// Writes a response: the write deadline.
    RESPONDING,
    /// Waits for the first byte of a message: pings, and the idle deadline.
    AT_REST,
    /// Reads the rest of a message: the message deadline, in all.
    IN_MESSAGE,
    /// Lets the endpoint handle a message: none, its time is the server's.
    HANDLING,
    /// Has said everything and waits for the peer to end the connection: the close deadline.
    LINGERING
}
