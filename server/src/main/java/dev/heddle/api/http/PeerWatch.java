package dev.heddle.api.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;

/// Waits until the peer of a connection has ended it, in the place of the thread that serves it:
/// from then on nobody else may read. Later bytes are thrown away.
final class PeerWatch {
    private final CompletableFuture<Void> end;

    /// Begins at once, on a virtual thread.
    ///
    /// @param ended is run once the connection has ended, by the peer or by us
    PeerWatch(TimedSocket socket, Runnable ended) {
        end =
                CompletableFuture.runAsync(
                        () -> {
                            try {
                                socket.input().transferTo(OutputStream.nullOutputStream());
                            } catch (IOException gone) {
                                // By us or by the peer.
                            }
                            ended.run();
                        },
                        Thread::startVirtualThread);
    }

    /// Blocks until it has ended, whatever interrupts the caller meanwhile.
    void awaitEnd() {
        end.join();
    }
}
