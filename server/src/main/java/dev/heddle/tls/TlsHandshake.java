package dev.heddle.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/// The handshake at the beginning of a connection, on its own thread.
final class TlsHandshake {
    /// The first byte of a TLS record with a part of a handshake.
    private static final int HANDSHAKE_RECORD = 22;

    /// The size that a client's first message often does not exceed.
    private static final int HELLO_BYTES = 512;

    private final TlsStream stream;
    private final SSLEngine engine;
    private final Semaphore computing;

    /// @param computing whose permits who computes needs
    TlsHandshake(TlsStream stream, Semaphore computing) {
        this.stream = stream;
        this.engine = stream.engine();
        this.computing = computing;
    }

    /// Performs the handshake. Blocks until it has ended, one way or the other.
    ///
    /// @throws IOException if the connection is broken
    HandshakeResult perform(TlsPeer peer) throws IOException {
        if (!stream.receive(HELLO_BYTES)) {
            return ended(peer);
        }
        if (stream.firstByte() != HANDSHAKE_RECORD) {
            return HandshakeResult.NOT_TLS;
        }
        try {
            return negotiate(peer);
        } catch (SSLException failed) {
            return refused();
        }
    }

    private HandshakeResult negotiate(TlsPeer peer) throws IOException {
        ByteBuffer nothing = ByteBuffer.allocate(0);
        engine.beginHandshake();
        while (true) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> compute(peer);
                case NEED_WRAP -> stream.writeFlight();
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    if (!hasNextRecord()) {
                        return ended(peer);
                    }
                    stream.unwrap(nothing);
                }
                case FINISHED, NOT_HANDSHAKING -> {
                    return HandshakeResult.DONE;
                }
            }
        }
    }

    private boolean hasNextRecord() throws IOException {
        boolean hasMore = true;
        while (hasMore && !stream.hasRecord()) {
            hasMore = stream.receive(HELLO_BYTES);
        }
        return hasMore;
    }

    private void compute(TlsPeer peer) {
        int paused = peer.pause();
        computing.acquireUninterruptibly();
        try {
            Runnable task;
            while ((task = engine.getDelegatedTask()) != null) {
                task.run();
            }
        } finally {
            computing.release();
            peer.goOn(paused);
        }
    }

    private static HandshakeResult ended(TlsPeer peer) {
        return peer.isTooSlow() ? HandshakeResult.TOO_SLOW : HandshakeResult.GONE;
    }

    /// The side that has found the fault tells the other: if there is something to send, it was us.
    private HandshakeResult refused() throws IOException {
        boolean isOurs = !engine.isOutboundDone();
        if (isOurs) {
            stream.writeFlight();
        }
        return isOurs ? HandshakeResult.REFUSED : HandshakeResult.REFUSED_BY_CLIENT;
    }
}
