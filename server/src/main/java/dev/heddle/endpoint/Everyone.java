package dev.heddle.endpoint;

/// All open sessions of one endpoint, for sending the same to each of them. Everybody gets what is
/// published in the same order.
///
/// **Thread-safe.** A publisher waits while the server is behind, and for as long as slow clients
/// may be slow, who are then closed.
public interface Everyone {

    /// Sends a text message to every session that is open now: to those that were opened before,
    /// and the one whose message is being handled too. Blocks until the server has taken it.
    ///
    /// @return whether it was taken and so will be delivered: not when the server drains or has
    ///   stopped
    boolean publish(String text);

    /// Sends a binary message, as [#publish(String)]. The bytes are copied.
    boolean publish(byte[] bytes);

    /// Sends the same message as the one that has come, as [#publish(String)].
    boolean publish(Message message);
}
