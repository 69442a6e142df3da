package dev.heddle.checker;

import java.io.Closeable;
import java.io.IOException;

/// One way to publish, over one connection.
interface Publisher extends Closeable {
    /// How to come by one.
    interface Opening {
        Publisher open() throws IOException;
    }

    /// Publishes and waits for the answer.
    ///
    /// @param data JSON
    /// @throws IOException when the connection ended before the answer had come
    Attempt.Outcome publish(String channel, String id, String data) throws IOException;
}
