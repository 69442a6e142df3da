package dev.heddle.control;

import dev.heddle.frame.EncodedFrame;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// A connection whose messages a service handles, as services reach it. **Thread-safe, never
/// blocks.**
public interface Callee {

    /// Sends the connection a message, if there is room for it.
    ///
    /// @return whether it was taken: not when the connection ends either
    boolean offer(EncodedFrame message);

    /// Begins the closing handshake behind what was sent, unless it has begun.
    ///
    /// @throws IllegalArgumentException if no Close frame can carry these
    void close(int code, String reason);

    /// The description of the connection.
    Description describe();

    /// A description of a connection.
    ///
    /// @param route of the gateway
    /// @param user who has logged in on it; `null` if nobody has
    /// @param address of the client, as `host:port`
    /// @param since when it was opened
    record Description(String route, @Nullable String user, String address, Instant since) {}
}
