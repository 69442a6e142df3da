package dev.heddle.telemetry;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;

/// A line in the log for each HTTP request that is answered, if somebody wants them.
/// **Thread-safe.**
///
/// The thread that answers writes the line, so nothing queues: when the log is read slowly,
/// requests are answered slowly. Queries are left out, because tokens may be in them.
public final class RequestLog {
    /// Writes nothing.
    public static final RequestLog OFF = new RequestLog(false);

    /// Writes a line for each.
    public static final RequestLog ON = new RequestLog(true);

    /// The text for a request that was not understood.
    public static final String UNKNOWN = "-";

    private static final int MAX_CHARS = 200;
    private static final Logger LOG = LoggerFactory.getLogger("heddle.http");

    private final boolean isOn;

    private RequestLog(boolean isOn) {
        this.isOn = isOn;
    }

    /// A request and its sender.
    ///
    /// @param port `public` or `internal`
    /// @param address of the client
    /// @param method as sent: a token
    /// @param target path of visible ASCII, and `?...` if a query follows it: see [#target]
    /// @param beganNanos when its head was there
    public record Request(
            String port, SocketAddress address, String method, String target, long beganNanos) {}

    /// Whether lines are written; nothing has to be made for them otherwise.
    public boolean isOn() {
        return isOn;
    }

    /// The target of a request without what may be secret.
    ///
    /// @param hasQuery whether there is a query
    public static String target(String path, boolean hasQuery) {
        String start = path.length() > MAX_CHARS ? path.substring(0, MAX_CHARS) + "..." : path;
        return hasQuery ? start + "?..." : start;
    }

    /// Writes the line of a request.
    ///
    /// @param status of the answer, which is about to be written or has been
    public void answered(Request request, int status) {
        if (isOn) {
            long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - request.beganNanos());
            LOG.info(
                    "{} {} {} {} {} {}us",
                    Addresses.text(request.address()),
                    request.port(),
                    request.method(),
                    request.target(),
                    status,
                    micros);
        }
    }
}
