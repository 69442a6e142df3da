package dev.heddle.net;

import dev.heddle.buffer.BufferPool;
import dev.heddle.http.Persistence;
import dev.heddle.http.Response;

import java.io.IOException;
import java.io.InputStream;

/// Reads what a peer still sends when everything has been said to it, and throws it away.
///
/// A peer that is in the middle of a message reads nothing until it has sent the rest. So the bound
/// is well above one message: four of the largest that any endpoint takes by default.
final class Lingering extends CarrierShare {
    private static final long MAX_BYTES = 64L << 20;

    /// Says the last thing, and lets the peer read that: see [#linger].
    static void sayLast(Connection connection, InputStream in, Response last) throws IOException {
        connection.respond(last.encode(true, Persistence.CLOSED));
        linger(connection, in);
    }

    /// Says that nothing more will be written, and reads what the peer still sends, for as long as
    /// the close deadline and a bound in bytes allow. Closing at once instead would make TCP throw
    /// away what the peer has not read yet, our Close frame or response among it.
    ///
    /// The connection's thread alone.
    static void linger(Connection connection, InputStream in) throws IOException {
        connection.enter(Phase.LINGERING);
        connection.closeQueued();
        connection.endWriting();
        BufferPool buffers = connection.context().largeBuffers();
        byte[] scratch = buffers.borrow();
        try {
            new Lingering().readAway(in, scratch, connection.context().pacing().runQueue());
        } finally {
            buffers.giveBack(scratch);
        }
    }

    /// Reads until the peer ends, or the bound; the close deadline ends it from outside.
    void readAway(InputStream in, byte[] scratch, RunQueue queue) throws IOException {
        for (long read = 0; read < MAX_BYTES; ) {
            int count = in.read(scratch);
            if (count < 0) {
                return;
            }
            read += count;
            int micros = restAfterTurn(in, queue);
            if (micros > 0) {
                rest(micros);
            }
        }
    }
}
