package dev.heddle.proxy;

import dev.heddle.config.ClientHeader;
import dev.heddle.config.Network;
import dev.heddle.config.ProxySettings;
import dev.heddle.http.RequestHead;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/// Which proxies are believed, and how they say who their clients are. Immutable.
public final class Proxies {
    /// Proxies that one request may have come through; what others say is not looked at.
    private static final int MAX_HOPS = 32;

    private final List<Network> trusted;
    private final ClientHeader header;
    private final boolean protocol;
    private final int deadlineMillis;

    /// @param settings which they are
    public Proxies(ProxySettings settings) {
        this.trusted = settings.trusted();
        this.header = settings.header();
        this.protocol = settings.protocol();
        this.deadlineMillis = Math.toIntExact(settings.deadline().toMillis());
    }

    /// Whether an address is that of a proxy which is believed.
    public boolean trust(InetAddress address) {
        for (Network network : trusted) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /// Whether a connection from such a proxy begins with a header of the PROXY protocol.
    public boolean speakProtocol() {
        return protocol;
    }

    /// How long that header may take, in milliseconds.
    public int deadlineMillis() {
        return deadlineMillis;
    }

    /// The sender of a request: of the hops that it has come through, from the nearest on, the
    /// first that is no trusted proxy. Where a proxy says nothing that can be read, it is the proxy
    /// itself.
    ///
    /// @param peer the other end of the connection, or who that is by the PROXY protocol
    public Requester requester(Requester peer, RequestHead head) {
        InetSocketAddress client = peer.address();
        String scheme = peer.scheme();
        for (Hop hop : trust(client.getAddress()) ? hops(head) : List.<Hop>of()) {
            scheme = hop.scheme() == null ? scheme : hop.scheme();
            if (hop.address() == null) {
                break;
            }
            client = hop.address();
            if (!trust(client.getAddress())) {
                break;
            }
        }
        return new Requester(client, scheme);
    }

    private List<Hop> hops(RequestHead head) {
        return switch (header) {
            case X_FORWARDED_FOR -> XForwarded.hops(head, MAX_HOPS);
            case FORWARDED -> Forwarded.hops(head, MAX_HOPS);
        };
    }
}
