package dev.heddle.ops;

import dev.heddle.http.BadRequest;
import dev.heddle.proxy.ProxyHeader;
import dev.heddle.proxy.Requester;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/// A server that reads a header of the PROXY protocol, speaks TLS behind it, and sends back what it
/// gets. It serves one connection.
final class TlsEcho implements AutoCloseable {
    private final ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final CompletableFuture<String> client = new CompletableFuture<>();

    TlsEcho(SelfSigned keys) throws IOException {
        Thread.startVirtualThread(() -> serve(keys));
    }

    int port() {
        return listening.getLocalPort();
    }

    /// The address that the header has named.
    String client() {
        return client.join();
    }

    private void serve(SelfSigned keys) {
        try (Socket plain = listening.accept()) {
            InetSocketAddress proxy = (InetSocketAddress) plain.getRemoteSocketAddress();
            Requester named =
                    Objects.requireNonNull(ProxyHeader.read(plain.getInputStream(), proxy));
            client.complete(named.address().getAddress().getHostAddress());
            try (Socket tls = keys.context().getSocketFactory().createSocket(plain, null, true)) {
                tls.getInputStream().transferTo(tls.getOutputStream());
            }
        } catch (IOException | BadRequest failure) {
            client.completeExceptionally(failure);
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
