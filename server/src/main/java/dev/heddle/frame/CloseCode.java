package dev.heddle.frame;

import java.util.stream.IntStream;

/// The close codes of RFC 6455, section 7.4, and IANA's registry, by their registered names, and
/// Heddle's own from the private range. A peer may also send 3000 to 4999, so a code is an `int`,
/// not an enum.
///
/// Of Heddle's own, 4000 to 4499 tell the client to come back by itself, 4500 to 4999 not to.
public final class CloseCode {
    public static final int NORMAL_CLOSURE = 1000;
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

    /// No heartbeat came in time: come back and log in again.
    public static final int HEARTBEAT_MISSED = 4000;

    /// Nobody logged in on the connection in time: come back to log in.
    public static final int LOGIN_MISSED = 4001;

    /// The token that the client logged in with has expired: come back with a new one.
    public static final int TOKEN_EXPIRED = 4003;

    /// The client kept sending more than it may: come back, and send less.
    public static final int TOO_FAST = 4008;

    /// The server has no room for the client, or the client did not keep up: nothing is wrong with
    /// it, it may come back. The registered code for that, 1013, reaches many clients as 1002 or as
    /// an exception. A setting may name another code, which is then sent in place of this one.
    public static final int TRY_AGAIN_LATER = 4013;

    /// The same user has logged in on another connection: do not come back by yourself, or the two
    /// would take over from each other for ever.
    public static final int TAKEN_OVER = 4500;

    /// An operator or a service has ended the connection: do not come back by yourself.
    public static final int DISCONNECTED = 4501;

    private CloseCode() {}

    /// Every code that a connection of a server ends with, unless its client has chosen another.
    public static IntStream known() {
        return IntStream.of(
                NORMAL_CLOSURE,
                GOING_AWAY,
                PROTOCOL_ERROR,
                NO_STATUS_RECEIVED,
                ABNORMAL_CLOSURE,
                INVALID_PAYLOAD,
                POLICY_VIOLATION,
                MESSAGE_TOO_BIG,
                INTERNAL_ERROR,
                HEARTBEAT_MISSED,
                LOGIN_MISSED,
                TOKEN_EXPIRED,
                TOO_FAST,
                TRY_AGAIN_LATER,
                TAKEN_OVER,
                DISCONNECTED);
    }

    /// Every code under which a connection's end is counted by itself: the [#known] ones and the
    /// registered ones that a client may send.
    public static IntStream labelled() {
        IntStream registered = IntStream.range(1000, 3000).filter(CloseCode::mayBeSent);
        return IntStream.concat(known(), registered).distinct();
    }

    /// The code that goes on the wire for this one.
    ///
    /// @param tryAgainLater what stands for [#TRY_AGAIN_LATER]
    public static int onWire(int code, int tryAgainLater) {
        return code == TRY_AGAIN_LATER ? tryAgainLater : code;
    }

    /// Whether a Close frame may carry this code: the RFC's own, those that IANA registered since
    /// (1012 to 1014), 3000 to 3999 for libraries and 4000 to 4999 for private use.
    public static boolean mayBeSent(int code) {
        return code >= 1000 && code <= 1003
                || code >= 1007 && code <= 1014
                || code >= 3000 && code <= 4999;
    }
}
