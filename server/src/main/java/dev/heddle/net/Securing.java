package dev.heddle.net;

import dev.heddle.telemetry.event.TlsHandshake;
import dev.heddle.tls.HandshakeResult;
import dev.heddle.tls.TlsPeer;
import dev.heddle.tls.TlsPort;
import dev.heddle.tls.Unsecured;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// The TLS handshake of one connection, on its thread: deadlines, counts, and what is told of it.
///
/// @param connection which has said nothing yet
record Securing(Connection connection) implements TlsPeer {

    /// Does it, if the port speaks TLS and it is not done. Blocks until then, or until it has
    /// failed; a client that speaks no TLS is told so.
    ///
    /// @param plain what the client sends
    /// @return whether the client can be talked to
    static boolean isDone(Connection connection, InputStream plain) throws IOException {
        Optional<TlsPort> port = connection.context().trust().tls();
        if (port.isEmpty() || connection.isSecure()) {
            return true;
        }
        HandshakeResult result = new Securing(connection).perform(port.get());
        if (result == HandshakeResult.NOT_TLS) {
            RefusedRequest.ofPlain().tell(connection, plain);
        }
        return result == HandshakeResult.DONE;
    }

    /// Blocks until it is done or has failed.
    private HandshakeResult perform(TlsPort port) throws IOException {
        handshakes().awaitsHead();
        connection.enter(Phase.TLS);
        TlsHandshake event = TlsHandshake.begun();
        HandshakeResult result = HandshakeResult.GONE;
        try {
            connection.secure(port, this);
            result = HandshakeResult.DONE;
        } catch (Unsecured failed) {
            result = failed.result();
        } finally {
            handshakes().hasHead();
            event.emit(connection.id(), connection.address(), result.label);
        }
        return result;
    }

    @Override
    public boolean isTooSlow() {
        return connection.expired() == Expiry.HEAD;
    }

    /// Begins a wait for the server, which therefore counts as its own time.
    @Override
    public int pause() {
        handshakes().hasHead();
        handshakes().computes();
        return connection.pausePeer();
    }

    @Override
    public void goOn(int paused) {
        handshakes().hasComputed();
        handshakes().awaitsHead();
        connection.goOn(Phase.TLS, paused);
    }

    private Handshakes handshakes() {
        return connection.context().admission().handshakes();
    }
}
