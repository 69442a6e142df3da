package dev.heddle.bench.engine;

/// What happens to connections; told on the loop's thread, which must not be kept.
public interface Events {
    /// The server has accepted the handshake.
    void opened(WebSocket socket, long now);

    /// The connection never opened: it was refused, failed or took too long.
    void failed(WebSocket socket, Failure failure, long now);

    /// A whole text or binary message is in `bytes`, which is lent for the time of this call.
    void message(WebSocket socket, byte[] bytes, int at, int length, long now);

    /// A pong is in `bytes`, which is lent for the time of this call.
    default void pong(WebSocket socket, byte[] bytes, int at, int length, long now) {}

    /// An open connection has ended: the server closed it, broke it off or broke the protocol.
    void ended(WebSocket socket, long now);

    /// A connection that was closed from here has ended.
    default void closed(WebSocket socket, long now) {}
}
