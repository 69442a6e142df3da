package dev.heddle.net;

import dev.heddle.session.ClientSession;
import dev.heddle.telemetry.Traffic;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;

/// The work of a connection's thread for its client: it answers requests, or receives messages.
///
/// A connection has one loop at a time, which may set another one in its place.
abstract class ConnectionLoop extends CarrierShare {

    /// Serves the client until the connection ends, or goes on with a fresh thread. The
    /// connection's thread alone.
    ///
    /// @param in what the client sends
    /// @return whether the connection goes on
    abstract boolean run(InputStream in) throws IOException;

    /// Tells the client that a bug of ours ends the connection, and lets the client read that. The
    /// connection's thread alone, after [#run] has failed.
    abstract void sayInternalError(InputStream in) throws IOException;

    /// Lets go of what it holds of the client: the connection is over. The connection's thread
    /// alone, after the last [#run].
    void ended() {}

    /// The client's session; `null` before it has one. Any thread may ask.
    @Nullable ClientSession session() {
        return null;
    }

    /// The traffic of the client's WebSocket; `null` if it has none. Any thread may ask.
    ///
    /// @param state what the connection's thread is doing, in words
    @Nullable Traffic traffic(String state) {
        return null;
    }
}
