package dev.heddle.endpoint;

import java.net.InetSocketAddress;
import java.util.Optional;

/// One client of an [Endpoint], from its opening handshake to the end of its connection. To keep
/// something for each session, keep it in a map from its [Session], and forget it in
/// [Endpoint#closed].
///
/// **Thread-safe.** Any thread may send and close, also one of your own. The messages of one thread
/// arrive in the order in which it sends them. Once the session is over, all methods do nothing.
///
/// Heddle implements it; in tests of endpoints you may.
public interface Session {

    /// Names the session's connection for as long as this process lives; never used again. Logs,
    /// events and the pages for operators show the same number.
    long id();

    /// Where the client is, with port 0 if its proxy does not name the port. It is the proxy itself
    /// that the client comes through unless the setting `proxy.trusted` names that.
    InetSocketAddress address();

    /// The subprotocol that was agreed on in the opening handshake: one of those that the endpoint
    /// is mounted with; empty if its client has offered none of them.
    default Optional<String> subprotocol() {
        return Optional.empty();
    }

    /// Whether the connection lasts and neither side has begun the closing handshake.
    boolean isOpen();

    /// Sends a text message. Blocks while the outbox has no room, and so for as long as the client
    /// does not read, until it is closed for that.
    ///
    /// A thread that is interrupted while it waits here waits on, and has its interrupt afterwards;
    /// a virtual thread that is just writing to the socket closes it, as the JDK has it.
    ///
    /// @throws IllegalStateException in [Endpoint#opened], and on another thread before the
    ///   client's handshake is answered, if the outbox has no room
    void send(String text);

    /// Sends a binary message, as [#send(String)]. The bytes are copied.
    void send(byte[] bytes);

    /// Sends the same message as the one that has come, as [#send(String)].
    void send(Message message);

    /// Sends a text message if there is room for it now. **Never blocks.** So one thread can send
    /// to many clients, of whom some may be slow.
    ///
    /// @return whether the message was taken; not when the session is over either
    boolean offer(String text);

    /// Sends a binary message, as [#offer(String)]. The bytes are copied.
    boolean offer(byte[] bytes);

    /// Sends the same message as the one that has come, as [#offer(String)].
    boolean offer(Message message);

    /// Begins the closing handshake behind what was sent, unless it has begun. **Never blocks.**
    /// [Endpoint#closed] follows. Messages that still come are not handled any more.
    ///
    /// @param code 1000 for a normal end, 3000 to 4999 for reasons of your own, or another one that
    ///   RFC 6455, section 7.4, lets a server send. Clients of Heddle come back by themselves after
    ///   4000 to 4499, and not after 4500 to 4999. In place of 4013, what the setting
    ///   `sending.try-again-code` says is sent
    /// @param reason for humans, at most 123 bytes of UTF-8
    /// @throws IllegalArgumentException if no Close frame can carry these
    void close(int code, String reason);
}
