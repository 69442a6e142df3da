package dev.heddle.tls;

import dev.heddle.buffer.BufferPool;
import dev.heddle.config.TlsSettings;
import dev.heddle.telemetry.Counters;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.Socket;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/// TLS on one port: the port's identity now, and the common parts of all its connections.
/// **Thread-safe.**
public final class TlsPort {
    private static final Logger LOG = LoggerFactory.getLogger("heddle");

    /// A record and its header at most, as JSSE wants it.
    private static final int RECORD_BYTES = 17 << 10;

    private static final int KEPT_BUFFERS =
            Math.max(64, 16 * Runtime.getRuntime().availableProcessors());

    /// Handshakes compute on half of the processors at most, so that a storm of them leaves the
    /// other half to those who are connected.
    private static final int AT_ONCE = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    private static final String HTTP_1_1 = "http/1.1";

    /// The parameters by which the client chooses the cipher: it knows whether it has AES in
    /// hardware. Browsers prefer keys of 128 bits, which also take less room here.
    private static final SSLParameters AS_THE_CLIENT_LIKES = new SSLParameters();

    static {
        AS_THE_CLIENT_LIKES.setUseCipherSuitesOrder(false);
    }

    private final KeyFiles files;
    private final Counters counters;
    private final BufferPool buffers = new BufferPool(RECORD_BYTES, KEPT_BUFFERS);
    private final Semaphore computing = new Semaphore(AT_ONCE, true);
    private volatile Identity identity;

    // Under this object's lock.
    private List<String> readStamps;
    private List<String> seenStamps;

    private TlsPort(KeyFiles files, Counters counters) throws TlsFault {
        this.files = files;
        this.counters = counters;
        this.readStamps = files.stamps();
        this.seenStamps = readStamps;
        this.identity = Identity.read(files);
        warnOfTime();
    }

    /// TLS as the settings say; empty if they say that there is none. Blocks until the files are
    /// read.
    ///
    /// @param group what the names of the settings begin with
    /// @throws TlsFault if the files cannot be used
    public static Optional<TlsPort> open(String group, TlsSettings settings, Counters counters)
            throws TlsFault {
        return settings.isOn()
                ? Optional.of(new TlsPort(new KeyFiles(group, settings), counters))
                : Optional.empty();
    }

    /// Does the handshake with a client, as the connection's own thread, and counts how it ends.
    /// Blocks until it is done; a deadline ends it by ending the reading of the socket.
    ///
    /// @param socket whose small writes leave at once, and of which nothing has been read
    /// @throws Unsecured if the client has not done it
    public TlsStream accept(Socket socket, TlsPeer peer) throws IOException {
        TlsStream stream = new TlsStream(engine(), socket, buffers);
        HandshakeResult result = HandshakeResult.GONE;
        try {
            result = new TlsHandshake(stream, computing).perform(peer);
        } finally {
            counters.tlsHandshake(result.label);
            if (result != HandshakeResult.DONE) {
                stream.close();
            }
        }
        if (result != HandshakeResult.DONE) {
            throw new Unsecured(result);
        }
        return stream;
    }

    private SSLEngine engine() {
        Identity now = identity;
        SSLEngine engine = now.context().createSSLEngine();
        engine.setUseClientMode(false);
        engine.setSSLParameters(AS_THE_CLIENT_LIKES); // what it leaves open stays as it is
        engine.setNeedClientAuth(now.asksClients());
        engine.setHandshakeApplicationProtocolSelector(
                (_, offered) -> offered.contains(HTTP_1_1) ? HTTP_1_1 : null);
        return engine;
    }

    /// How many buffers are lent.
    public int leased() {
        return buffers.leased();
    }

    /// When the certificate ends.
    public Instant certificateEnd() {
        return identity.end();
    }

    /// Reads the files again if they have changed, once they have stayed the same between two
    /// looks: an operator who replaces two files has replaced both then. Blocks.
    public synchronized void look() {
        List<String> stamps = files.stamps();
        boolean isSettled = stamps.equals(seenStamps);
        seenStamps = stamps;
        if (isSettled && !stamps.equals(readStamps)) {
            reload();
        }
    }

    /// Reads the files again: the next handshakes use what is in them, and all connections go on.
    /// When they cannot be used, that is logged, and everything stays as it was. Blocks.
    public synchronized void reload() {
        readStamps = files.stamps();
        seenStamps = readStamps;
        try {
            identity = Identity.read(files);
            counters.tlsReload(true);
            LOG.info(
                    "{}: the certificate was read again; it ends {}",
                    files.group(),
                    identity.end());
            warnOfTime();
        } catch (TlsFault fault) {
            counters.tlsReload(false);
            LOG.warn("{}; the previous certificate stays in use", fault.getMessage());
        }
    }

    private void warnOfTime() {
        Instant now = Instant.now();
        if (now.isAfter(identity.end())) {
            LOG.warn("{}: the certificate has expired: {}", files.group(), identity.end());
        } else if (now.isBefore(identity.own().getNotBefore().toInstant())) {
            LOG.warn("{}: the certificate is not valid yet", files.group());
        }
    }
}
