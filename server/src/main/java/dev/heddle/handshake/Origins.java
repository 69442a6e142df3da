package dev.heddle.handshake;

import dev.heddle.http.Origin;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// Which web pages may open a WebSocket: those of this server, and those of the origins allowed.
///
/// A browser sends `Origin`, which a page cannot forge; a client without one is no browser and is
/// let in. Scheme, host and port must be the same, nothing goes by suffix or pattern
/// ([Origin#normal]). The same origin is the scheme that the client has spoken and the host that
/// the request is for: `http` unless a trusted proxy says otherwise. Behind another TLS proxy,
/// allow the `https` origin.
///
/// An attacker's name may be made to point at this server (DNS rebinding), and his page is of the
/// same origin then. The server keeps it out because it knows its own names.
public final class Origins {
    private static final String EVERY = "*";

    private final Set<String> allowed;
    private final Set<String> hosts;

    /// @param allowed origins as browsers send them, such as `https://example.com`; `*` for all,
    ///   `null` for pages that have none
    /// @param hosts names and addresses that this server goes by, without ports; empty for any
    public Origins(Collection<String> allowed, Collection<String> hosts) {
        this.allowed = allowed.stream().map(Origin::normal).collect(Collectors.toSet());
        this.hosts =
                hosts.stream()
                        .map(host -> host.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet());
    }

    /// Whether this server goes by that name. A request without one is not a browser's.
    ///
    /// @param host as [dev.heddle.http.RequestHead#host] has it
    public boolean allowHost(@Nullable String host) {
        return hosts.isEmpty() || host == null || hosts.contains(host);
    }

    /// Whether a request with this `Origin` may go on.
    ///
    /// @param scheme what the client has spoken, `http` or `https`
    /// @param authority what the request is for
    boolean allow(@Nullable String origin, String scheme, @Nullable String authority) {
        if (origin == null || allowed.contains(EVERY)) {
            return true;
        }
        String normal = Origin.normal(origin);
        return allowed.contains(normal) || normal.equals(Origin.normal(scheme + "://" + authority));
    }
}
