package dev.heddle.checker;

import dev.heddle.support.RawClient;

import org.jspecify.annotations.Nullable;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;

/// The connection that a client has now, which others may cut. **Thread-safe.**
final class Lifeline {
    private @Nullable RawClient client;

    /// How a connection may end without its client's doing.
    enum Cut {
        /// A reset, as when a network changes.
        RESET,
        /// An orderly end without any goodbye. What the client has not read makes it a reset.
        CLOSE,
        /// The server sees the end, and may still send.
        HALF
    }

    /// What a client does with its connection.
    interface Call<T> {
        T call() throws IOException;
    }

    /// Calls, and tells what the network did from what the server did wrong.
    ///
    /// @throws SocketException when the connection was cut
    /// @throws AssertionError when an answer was not as it must be, or none has come in time
    static <T> T call(Call<T> call) throws IOException {
        try {
            return call.call();
        } catch (AssertionError failed) {
            if (failed.getCause() instanceof SocketException
                    || failed.getCause() instanceof EOFException) {
                throw (SocketException) new SocketException().initCause(failed);
            }
            throw failed;
        }
    }

    /// From now on this one.
    synchronized void hold(RawClient other) {
        client = other;
    }

    /// Cuts it, if there is one, and says whether there was.
    synchronized boolean cut(Cut how) throws IOException {
        RawClient now = client;
        if (now == null) {
            return false;
        }
        client = null;
        try {
            switch (how) {
                case RESET -> now.abort();
                case CLOSE -> now.close();
                case HALF -> now.endOutput();
            }
        } catch (SocketException endedAlready) {
            return false;
        }
        return true;
    }
}
