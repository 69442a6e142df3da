package dev.heddle.handshake;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;

/// Which web pages may open a WebSocket: those of this server, and those of the origins allowed.
///
/// A browser sends `Origin`, which a page cannot forge; a client without one is no browser and is
/// let in. Origins are compared exactly: scheme, host and port, nothing by suffix or pattern. The
/// same origin is `http://` and the request's `Host`; behind a TLS proxy, allow the `https` origin.
public final class Origins {
    private static final String DEFAULT_PORT = ":80";

    private final Set<String> allowed;

    /// @param allowed origins as browsers send them, such as `https://example.com`
    public Origins(Collection<String> allowed) {
        this.allowed = Set.copyOf(allowed);
    }

    /// Whether a request with this `Origin` and this `Host` may go on.
    boolean allow(@Nullable String origin, String host) {
        if (origin == null || allowed.contains(origin)) {
            return true;
        }
        String own = host.toLowerCase(Locale.ROOT);
        if (own.endsWith(DEFAULT_PORT)) {
            own = own.substring(0, own.length() - DEFAULT_PORT.length());
        }
        return origin.equals("http://" + own);
    }
}
