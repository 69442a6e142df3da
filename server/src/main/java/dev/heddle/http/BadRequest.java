package dev.heddle.http;

import java.util.List;
import java.util.stream.Stream;

/// The request breaks a rule of HTTP or a limit: it is answered with this status, and the
/// connection is closed.
///
/// One constant per rule. **Stackless and shared.** Sources: RFC 9110, RFC 9112, RFC 6585.
public final class BadRequest extends Exception {
    private static final long serialVersionUID = 1L;

    public static final BadRequest SYNTAX = new BadRequest(Status.BAD_REQUEST, "malformed request");
    public static final BadRequest TARGET = new BadRequest(Status.BAD_REQUEST, "bad target");
    public static final BadRequest VERSION =
            new BadRequest(Status.VERSION_NOT_SUPPORTED, "only HTTP/1.1 and 1.0 are spoken here");
    public static final BadRequest HOST = new BadRequest(Status.BAD_REQUEST, "bad Host");
    public static final BadRequest REPEATED = new BadRequest(Status.BAD_REQUEST, "header repeated");
    public static final BadRequest BODY =
            new BadRequest(Status.BAD_REQUEST, "no request has a body here");
    public static final BadRequest LENGTH =
            new BadRequest(Status.BAD_REQUEST, "bad length of the body");
    public static final BadRequest CHUNK = new BadRequest(Status.BAD_REQUEST, "malformed chunk");
    public static final BadRequest CODING =
            new BadRequest(Status.NOT_IMPLEMENTED, "no transfer coding but chunked is understood");
    public static final BadRequest TARGET_TOO_LONG =
            new BadRequest(Status.URI_TOO_LONG, "target too long");
    public static final BadRequest HEAD_TOO_LARGE =
            new BadRequest(Status.HEADERS_TOO_LARGE, "header fields too large");
    public static final BadRequest TOO_MANY_HEADERS =
            new BadRequest(Status.HEADERS_TOO_LARGE, "too many header fields");
    public static final BadRequest PROXY_HEADER =
            new BadRequest(
                    Status.BAD_REQUEST, "no header of the PROXY protocol, or a malformed one");
    public static final BadRequest TOO_SLOW =
            new BadRequest(Status.REQUEST_TIMEOUT, "request not finished in time");

    private final Status status;
    private final String reason;

    private BadRequest(Status status, String reason) {
        super(reason, null, false, false);
        this.status = status;
        this.reason = reason;
    }

    /// All reasons.
    public static List<String> reasons() {
        return Stream.of(
                        SYNTAX,
                        TARGET,
                        VERSION,
                        HOST,
                        REPEATED,
                        BODY,
                        LENGTH,
                        CHUNK,
                        CODING,
                        TARGET_TOO_LONG,
                        HEAD_TOO_LARGE,
                        TOO_MANY_HEADERS,
                        PROXY_HEADER,
                        TOO_SLOW)
                .map(BadRequest::reason)
                .toList();
    }

    /// The status of the answer.
    public Status status() {
        return status;
    }

    /// The fault, in a fixed text.
    public String reason() {
        return reason;
    }
}
