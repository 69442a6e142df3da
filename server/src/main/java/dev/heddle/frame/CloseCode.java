package dev.heddle.frame;

/// The close codes of RFC 6455, section 7.4, and IANA's registry, by their registered names. A peer
/// may also send 3000 to 4999, so a code is an `int`, not an enum.
public final class CloseCode {
    public static final int GOING_AWAY = 1001;
    public static final int PROTOCOL_ERROR = 1002;

    /// Never on the wire: the peer's Close frame was empty.
    public static final int NO_STATUS_RECEIVED = 1005;

    /// Never on the wire: the connection ended without a Close frame.
    public static final int ABNORMAL_CLOSURE = 1006;

    public static final int INVALID_PAYLOAD = 1007;
    public static final int POLICY_VIOLATION = 1008;
    public static final int MESSAGE_TOO_BIG = 1009;
    public static final int INTERNAL_ERROR = 1011;

    /// Heddle's answer to a slow consumer: nothing is wrong with the client, it may come back.
    public static final int TRY_AGAIN_LATER = 1013;

    private CloseCode() {}

    /// Whether a Close frame may carry this code: the RFC's own, those that IANA registered since
    /// (1012 to 1014), 3000 to 3999 for libraries and 4000 to 4999 for private use.
    public static boolean mayBeSent(int code) {
        return code >= 1000 && code <= 1003
                || code >= 1007 && code <= 1014
                || code >= 3000 && code <= 4999;
    }
}
