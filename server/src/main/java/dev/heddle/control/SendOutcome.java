package dev.heddle.control;

/// The outcome of a message that a service asked to send.
public enum SendOutcome {
    /// The message was taken, and so will be delivered.
    SENT,
    /// The same message was sent to the same receivers before, under the same id.
    DUPLICATE,
    /// Another message was sent under its id, or the same one to others.
    ID_TAKEN,
    /// Another call is sending it just now, and nobody knows yet whether that succeeds.
    UNDER_WAY,
    /// The server is draining, or no receiver is there who takes it. The id is free again.
    NOT_TAKEN
}
