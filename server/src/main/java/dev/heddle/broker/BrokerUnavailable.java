package dev.heddle.broker;

/// The engine cannot be asked now. It is nobody's fault who asks, and passes: the same may be asked
/// again later. Whether a message was published that was to be is not known; to publish it again
/// under the same id is safe.
///
/// Has no stack. Each edge says it in words of its own.
public final class BrokerUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// @param reason for the log of this server, not for clients
    public BrokerUnavailable(String reason) {
        super(reason, null, false, false);
    }
}
