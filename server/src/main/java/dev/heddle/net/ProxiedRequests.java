package dev.heddle.net;

import dev.heddle.http.BadRequest;
import dev.heddle.http.RequestHead;
import dev.heddle.proxy.Proxies;
import dev.heddle.proxy.ProxyHeader;
import dev.heddle.proxy.Requester;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;

/// The sender of the requests of one connection, whose other end may be a proxy. Each request may
/// then be of another client, unless the proxy speaks the PROXY protocol. The connection's thread
/// alone.
final class ProxiedRequests {
    private final Connection connection;
    private final Proxies proxies;

    /// The proxy, or its client as the PROXY protocol has said; `null` without a proxy.
    private @Nullable Requester peer;

    private @Nullable String scheme;

    ProxiedRequests(Connection connection) {
        this.connection = connection;
        this.proxies = connection.context().trust().proxies();
        this.peer =
                connection.isOfProxy() ? new Requester(connection.address(), Requester.HTTP) : null;
    }

    /// Finds out who the client is, if that is said before the first request: then the connection
    /// is counted for it from now on. Blocks until the proxy has said so.
    ///
    /// @return whether there is a connection: a health check may end without a byte
    /// @throws BadRequest if the proxy does not say so, or not in time
    boolean begin(InputStream in) throws IOException, BadRequest {
        if (peer == null || !proxies.speakProtocol()) {
            return true;
        }
        Requester client = readHeader(in, peer.address());
        if (client == null) {
            return false;
        }
        peer = client;
        connection.actFor(client.address());
        connection.takePlace();
        return true;
    }

    private @Nullable Requester readHeader(InputStream in, InetSocketAddress proxy)
            throws IOException, BadRequest {
        Handshakes handshakes = connection.context().admission().handshakes();
        handshakes.awaitsHead();
        connection.enter(Phase.PROXY_HEADER);
        try {
            return ProxyHeader.read(in, proxy);
        } catch (BadRequest bad) {
            throw connection.expired() == Expiry.HEAD ? BadRequest.TOO_SLOW : bad;
        } finally {
            handshakes.hasHead();
        }
    }

    /// The connection acts for the sender of this request from now on.
    void next(RequestHead head) {
        if (peer != null) {
            Requester other = connection.isSecure() ? secure(peer) : peer;
            Requester requester = proxies.requester(other, head);
            connection.actFor(requester.address());
            scheme = requester.scheme();
        }
    }

    /// The scheme that the sender of the last request has spoken.
    String scheme() {
        return scheme == null ? spoken() : scheme;
    }

    private static Requester secure(Requester requester) {
        return new Requester(requester.address(), Requester.HTTPS);
    }

    /// The scheme that the other end of the connection speaks.
    private String spoken() {
        return connection.isSecure() ? Requester.HTTPS : Requester.HTTP;
    }
}
