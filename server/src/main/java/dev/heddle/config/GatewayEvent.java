package dev.heddle.config;

/// An event of a connection that the service of a gateway's route may get.
public enum GatewayEvent {
    /// A client asks for a WebSocket, and waits for the answer.
    CONNECT,
    /// A client has sent a message, and its connection waits for the answer.
    MESSAGE,
    /// A connection that was let in has ended.
    DISCONNECT
}
