package dev.heddle.outbox;

import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/// The close reasons for clients that the server sends away although they did nothing wrong. They
/// say why, and when to come back. **Thread-safe.**
///
/// A reason that ends with `; come back in 5s` asks the client to wait that many seconds, and a
/// random part of two more so that not all come at once, in place of a delay of its own.
public final class Farewell {
    /// The cause for which a client is sent away.
    public enum Cause {
        /// The server stops.
        DRAIN("server is going away"),
        /// The connection is as old as connections may become. The server goes on.
        AGE("connection is old enough");

        private final String reason;

        Cause(String reason) {
            this.reason = reason;
        }

        /// Its label in the metrics.
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private volatile IntSupplier secondsUntilBack = () -> 0;

    /// The labels of all causes.
    public static List<String> labels() {
        return Stream.of(Cause.values()).map(Cause::label).toList();
    }

    /// Sets the time after which clients of a server that stops are to come back.
    ///
    /// @param seconds from now; asked for each client, must not block
    public void expectBackIn(IntSupplier seconds) {
        secondsUntilBack = seconds;
    }

    /// The reason in the Close frame.
    public String reason(Cause cause) {
        int seconds = cause == Cause.DRAIN ? secondsUntilBack.getAsInt() : 0;
        return cause.reason + "; come back in " + seconds + "s";
    }
}
