package dev.heddle.net;

import dev.heddle.net.transport.Sockets;
import dev.heddle.outbox.Transport;
import dev.heddle.tls.TlsPeer;
import dev.heddle.tls.TlsPort;
import dev.heddle.tls.TlsStream;
import dev.heddle.tls.Unsecured;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/// The bytes of a connection: plain ones of its socket, or those of TLS over it. Deadlines and
/// [#abort] act on the socket in either case.
///
/// A base class of the connection rather than a part of it, so that an idle connection holds one
/// object less.
abstract class ConnectionSocket extends ConnectionDeadlines implements Transport {
    private final Socket socket;

    /// Written before anybody else may write to the peer.
    private @Nullable TlsStream tls;

    ConnectionSocket(Socket socket, ServerContext context) {
        super(context);
        this.socket = socket;
    }

    /// The socket itself.
    final Socket socket() {
        return socket;
    }

    /// The bytes of the peer, for the connection's thread alone.
    final InputStream input() throws IOException {
        TlsStream secured = tls;
        return secured == null ? socket.getInputStream() : secured;
    }

    /// The bytes of the peer, also when the reading has been ended: a socket then has no stream any
    /// more. The connection's thread alone.
    ///
    /// @param plain what has come over the socket itself
    final InputStream input(InputStream plain) {
        TlsStream secured = tls;
        return secured == null ? plain : secured;
    }

    /// Does the TLS handshake: all that is read and written from then on is secure. Deadlines act
    /// on the socket below. The connection's thread alone; blocks until it is done.
    ///
    /// @throws Unsecured if the client has not done it
    final void secure(TlsPort port, TlsPeer peer) throws IOException {
        tls = port.accept(socket, peer);
    }

    /// Whether the TLS handshake is done.
    final boolean isSecure() {
        return tls != null;
    }

    /// Whether nothing more can be read: we have ended the reading, or the peer is gone.
    final boolean isUnreadable() {
        return expired() != null || socket.isClosed();
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        TlsStream secured = tls;
        if (secured == null) {
            socket.getOutputStream().write(bytes, offset, length);
        } else {
            secured.write(bytes, offset, length);
        }
    }

    @Override
    public int maxWriteBytes() {
        return tls == null ? Transport.super.maxWriteBytes() : TlsStream.MAX_DATA_BYTES;
    }

    @Override
    public boolean hasTakenAll() {
        return Sockets.isAcknowledged(socket);
    }

    @Override
    void endReading() throws IOException {
        socket.shutdownInput();
    }

    @Override
    public void abort() {
        try {
            socket.close();
        } catch (IOException unclosed) {
            context().counters().bug(unclosed);
        }
    }

    /// Writes a response: the write deadline runs. The connection's thread alone.
    final void respond(byte[] response) throws IOException {
        enter(Phase.RESPONDING);
        write(response, 0, response.length);
    }

    /// Says that nothing more will be written.
    final void endWriting() throws IOException {
        TlsStream secured = tls;
        if (secured != null) {
            secured.endWriting();
        }
        socket.shutdownOutput();
    }

    /// Tells a TLS client that the connection ends here, unless it has ended already, and lets go
    /// of what was borrowed for it. The connection's thread alone; blocks for no longer than the
    /// close deadline.
    final void sayGoodbye() {
        TlsStream secured = tls;
        if (secured == null) {
            return;
        }
        secured.close();
        try {
            if (!socket.isClosed() && !socket.isOutputShutdown()) {
                enter(Phase.LINGERING);
                closeQueued();
                endWriting();
            }
        } catch (IOException gone) {
            abort();
        }
    }

    /// Small writes leave at once.
    final void writeAtOnce() throws IOException {
        socket.setTcpNoDelay(true);
    }
}
