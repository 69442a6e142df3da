package dev.heddle.net;

import dev.heddle.http.RequestHead;
import dev.heddle.telemetry.RequestLog;

import org.jspecify.annotations.Nullable;

/// The log's view of one connection's requests, if the log is told of any. The connection's thread
/// alone.
final class LoggedRequests {
    private static final int SWITCHING_PROTOCOLS = 101;

    private final Connection connection;
    private final RequestLog log;
    private @Nullable RequestHead head;
    private long beganNanos;

    LoggedRequests(Connection connection) {
        this.connection = connection;
        this.log = connection.context().counters().requestLog();
    }

    /// A request has come.
    void begin(RequestHead next) {
        if (log.isOn()) {
            head = next;
            beganNanos = System.nanoTime();
        }
    }

    /// Logs that the request has its answer, or is about to; or the substitute for one.
    void answered(int status) {
        if (log.isOn()) {
            RequestHead asked = head;
            head = null;
            log.answered(request(asked), status);
        }
    }

    /// The connection is a WebSocket now.
    void upgraded() {
        answered(SWITCHING_PROTOCOLS);
    }

    private RequestLog.Request request(@Nullable RequestHead asked) {
        return asked == null
                ? new RequestLog.Request(
                        "public",
                        connection.address(),
                        RequestLog.UNKNOWN,
                        RequestLog.UNKNOWN,
                        System.nanoTime())
                : new RequestLog.Request(
                        "public",
                        connection.address(),
                        asked.method(),
                        RequestLog.target(asked.path(), asked.query() != null),
                        beganNanos);
    }
}
