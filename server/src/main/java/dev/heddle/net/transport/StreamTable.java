package dev.heddle.net.transport;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// The streams of all open descriptors, by their numbers, which are small.
///
/// **Thread-safe.** It grows by pieces, which never move and are never given back: four bytes for
/// each descriptor that was ever open at the same time.
final class StreamTable {
    private static final int PIECE = 1024;

    private volatile Piece[] pieces = {};

    private static final class Piece {
        final AtomicReferenceArray<@Nullable Watched> streams = new AtomicReferenceArray<>(PIECE);
    }

    /// The stream of a descriptor; `null` if there is none.
    @Nullable Watched get(int fd) {
        Piece[] now = pieces;
        int piece = fd / PIECE;
        return piece < now.length ? now[piece].streams.get(fd % PIECE) : null;
    }

    /// Puts the stream of a descriptor that has just been opened.
    void put(Watched stream) {
        piece(stream.fd()).streams.set(stream.fd() % PIECE, stream);
    }

    /// Forgets the stream of a descriptor that is about to be closed: the next owner of its number
    /// is another stream.
    void remove(int fd) {
        piece(fd).streams.set(fd % PIECE, null);
    }

    private Piece piece(int fd) {
        Piece[] now = pieces;
        return fd / PIECE < now.length ? now[fd / PIECE] : grow(fd / PIECE);
    }

    private synchronized Piece grow(int piece) {
        Piece[] now = pieces;
        if (piece >= now.length) {
            Piece[] more = Arrays.copyOf(now, piece + 1);
            Arrays.setAll(more, i -> i < now.length ? now[i] : new Piece());
            pieces = more;
        }
        return pieces[piece];
    }
}
