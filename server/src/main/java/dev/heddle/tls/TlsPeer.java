package dev.heddle.tls;

/// The other end of a TLS handshake, as its connection knows it.
public interface TlsPeer {
    /// Whether the reading was ended because a deadline has passed.
    boolean isTooSlow();

    /// Begins a wait in which the server takes its time.
    ///
    /// @return for [#goOn]
    default int pause() {
        return 0;
    }

    /// Now it is the peer again.
    ///
    /// @param paused what [#pause] has returned
    default void goOn(int paused) {}
}
