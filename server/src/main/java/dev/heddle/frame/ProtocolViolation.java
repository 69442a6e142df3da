package dev.heddle.frame;

/// The peer broke a rule of the protocol or a limit: the connection is failed with this close code
/// and this fixed reason (RFC 6455, section 7.1.7).
///
/// One constant per rule. **Stackless and shared**, so that throwing one costs nothing; it is
/// caught once, in the connection's run loop.
public final class ProtocolViolation extends Exception {
    private static final long serialVersionUID = 1L;

    // Section 5.2, the header.
    public static final ProtocolViolation RESERVED_BITS = protocol("reserved bit set");
    public static final ProtocolViolation RESERVED_OPCODE = protocol("reserved opcode");
    public static final ProtocolViolation NOT_MASKED = protocol("frame not masked");
    public static final ProtocolViolation LENGTH_NOT_MINIMAL = protocol("length not minimal");
    public static final ProtocolViolation LENGTH_TOP_BIT = protocol("length has its top bit set");
    // Section 5.5, control frames.
    public static final ProtocolViolation CONTROL_FRAGMENTED = protocol("control frame fragmented");
    public static final ProtocolViolation CONTROL_TOO_LONG = protocol("control frame over 125");
    public static final ProtocolViolation CLOSE_OF_ONE_BYTE = protocol("close payload of one byte");
    public static final ProtocolViolation CLOSE_CODE = protocol("close code not allowed");
    // Section 5.4, fragmentation.
    public static final ProtocolViolation NOTHING_TO_CONTINUE = protocol("nothing to continue");
    public static final ProtocolViolation MESSAGE_INTERRUPTED = protocol("message not finished");
    // Section 8.1, UTF-8.
    public static final ProtocolViolation NOT_UTF8 =
            new ProtocolViolation(CloseCode.INVALID_PAYLOAD, "text is not UTF-8");
    public static final ProtocolViolation REASON_NOT_UTF8 =
            new ProtocolViolation(CloseCode.INVALID_PAYLOAD, "close reason is not UTF-8");
    // RFC 7692, compression.
    public static final ProtocolViolation NOT_DEFLATED =
            new ProtocolViolation(CloseCode.INVALID_PAYLOAD, "message does not inflate");
    public static final ProtocolViolation TOO_MANY_FINAL_BLOCKS =
            new ProtocolViolation(CloseCode.POLICY_VIOLATION, "too many final blocks");
    // Limits and deadlines of ours.
    public static final ProtocolViolation FRAME_TOO_BIG =
            new ProtocolViolation(CloseCode.MESSAGE_TOO_BIG, "frame too big");
    public static final ProtocolViolation MESSAGE_TOO_BIG =
            new ProtocolViolation(CloseCode.MESSAGE_TOO_BIG, "message too big");
    public static final ProtocolViolation NO_ROOM_FOR_MESSAGE =
            new ProtocolViolation(CloseCode.TRY_AGAIN_LATER, "no room for unfinished messages");
    public static final ProtocolViolation NO_ROOM_FOR_WINDOW =
            new ProtocolViolation(CloseCode.TRY_AGAIN_LATER, "no room for a compression window");
    public static final ProtocolViolation TOO_MANY_FRAGMENTS =
            new ProtocolViolation(CloseCode.POLICY_VIOLATION, "too many fragments");

    private final int closeCode;
    private final String reason;

    private ProtocolViolation(int closeCode, String reason) {
        super(reason, null, false, false);
        this.closeCode = closeCode;
        this.reason = reason;
    }

    private static ProtocolViolation protocol(String reason) {
        return new ProtocolViolation(CloseCode.PROTOCOL_ERROR, reason);
    }

    /// The close code that the peer gets.
    public int closeCode() {
        return closeCode;
    }

    /// The close reason that the peer gets: fixed text, at most 123 bytes.
    public String reason() {
        return reason;
    }
}
