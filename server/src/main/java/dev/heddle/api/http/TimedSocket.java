package dev.heddle.api.http;

import dev.heddle.http.Persistence;
import dev.heddle.http.Response;
import dev.heddle.http.Status;
import dev.heddle.tls.HandshakeResult;
import dev.heddle.tls.TlsPeer;
import dev.heddle.tls.TlsPort;
import dev.heddle.tls.TlsStream;
import dev.heddle.tls.Unsecured;

import org.jspecify.annotations.Nullable;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Optional;

/// A socket of which one thread reads and writes, under deadlines that another one enforces.
///
/// The caller of [#visit] calls it about once a second, which is how exact the deadlines are.
final class TimedSocket implements Closeable, TlsPeer {
    /// How long the peer may take for a slice of what is written.
    private static final int WRITE_SECONDS = 30;

    private static final int SLICE_BYTES = 16 * 1024;

    /// How long the peer may take to end the connection once we have.
    private static final int LINGER_SECONDS = 5;

    /// How much of what the peer still sends meanwhile is read.
    private static final int LINGER_BYTES = 1 << 20;

    private static final long NEVER = 0;

    private static final Response NOT_TLS =
            Response.text(Status.BAD_REQUEST, "this port speaks TLS: use https://");

    private final Socket socket;
    private volatile long sinceNanos;
    private volatile long deadlineNanos = NEVER;

    /// Whether what waits is a read, after which the peer can still be told why it ends.
    private volatile boolean isReading;

    private volatile boolean isTooSlow;

    private @Nullable TlsStream tls;

    TimedSocket(Socket socket) {
        this.socket = socket;
    }

    /// The bytes of the peer; they end, too, once a deadline for reading has passed.
    InputStream input() throws IOException {
        TlsStream secured = tls;
        return secured == null ? socket.getInputStream() : secured;
    }

    /// The bytes of the peer once the TLS handshake is done, if the port speaks TLS: deadlines act
    /// on the socket below. Blocks until the handshake is done. The reader **closes it**.
    ///
    /// @throws Unsecured if the peer has not done it; it is told so if it speaks no TLS
    InputStream secured(Optional<TlsPort> port) throws IOException {
        if (port.isPresent()) {
            try {
                tls = port.get().accept(socket, this);
            } catch (Unsecured failed) {
                if (failed.result() == HandshakeResult.NOT_TLS) {
                    byte[] answer = NOT_TLS.encode(true, Persistence.CLOSED);
                    write(answer, 0, answer.length);
                    linger();
                }
                throw failed;
            }
        }
        return input();
    }

    /// Sets a time within which everything that is read from now on must have come.
    void readWithin(int seconds) {
        isReading = true;
        await(seconds);
    }

    /// Ends the current deadline.
    void rest() {
        deadlineNanos = NEVER;
    }

    /// Whether something is waited for, that is, there is a deadline.
    boolean isAwaited() {
        return deadlineNanos != NEVER;
    }

    /// Whether a read is under a deadline.
    boolean isReading() {
        return isReading && isAwaited();
    }

    /// The time since which the caller has been waited for, if so.
    long waitingSinceNanos() {
        return sinceNanos;
    }

    /// Whether a deadline for reading has passed.
    @Override
    public boolean isTooSlow() {
        return isTooSlow;
    }

    /// Whether it is closed: by us, or because a write has failed.
    boolean isClosed() {
        return socket.isClosed();
    }

    /// The other end.
    SocketAddress peer() {
        return socket.getRemoteSocketAddress();
    }

    /// Writes bytes. Blocks until the kernel has them; a socket that does not take them is closed.
    void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            writeSlices(bytes, offset, length);
        } catch (IOException gone) {
            close();
            throw gone;
        }
    }

    private void writeSlices(byte[] bytes, int offset, int length) throws IOException {
        isReading = false;
        int end = offset + length;
        int count;
        for (int at = offset; at < end; at += count) {
            count = Math.min(SLICE_BYTES, end - at);
            await(WRITE_SECONDS);
            TlsStream secured = tls;
            if (secured == null) {
                socket.getOutputStream().write(bytes, at, count);
            } else {
                secured.write(bytes, at, count);
            }
        }
        rest();
    }

    /// A stream whose bytes are written by [#write]; closing it does nothing.
    OutputStream output() {
        return new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                write(new byte[] {(byte) octet}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                TimedSocket.this.write(bytes, offset, length);
            }
        };
    }

    /// Says that nothing more will be written. The peer has a few seconds from then on to end the
    /// connection, too.
    void endOutput() throws IOException {
        isReading = false;
        await(LINGER_SECONDS);
        sayGoodbye();
        socket.shutdownOutput();
    }

    /// Says that nothing more will be written, and reads what the peer still sends, within bounds.
    /// Ending the connection at once instead would reset it, and the peer might miss the answer.
    void linger() throws IOException {
        endOutput();
        byte[] scratch = new byte[SLICE_BYTES];
        int read = 0;
        int count = 0;
        while (count >= 0 && read < LINGER_BYTES) {
            count = input().read(scratch);
            read += count;
        }
    }

    /// Tells a TLS caller that nothing more will be written.
    private void sayGoodbye() throws IOException {
        TlsStream secured = tls;
        if (secured != null) {
            secured.endWriting();
        }
    }

    /// Ends what has waited for too long: a read as if the peer had said no more, anything else
    /// with the connection. Called by another thread.
    void visit(long nowNanos) {
        long deadline = deadlineNanos;
        if (deadline == NEVER || nowNanos - deadline < 0) {
            return;
        }
        if (!isReading || isTooSlow) {
            close();
            return;
        }
        isTooSlow = true;
        try {
            socket.shutdownInput();
        } catch (IOException gone) {
            close();
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException ended) {
            // The rest of it is the kernel's.
        }
    }

    private void await(int seconds) {
        long now = System.nanoTime();
        sinceNanos = now;
        deadlineNanos = now + seconds * 1_000_000_000L | 1; // which is not NEVER
    }
}
