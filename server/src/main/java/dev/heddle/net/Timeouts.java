package dev.heddle.net;

import dev.heddle.config.Deadlines;

import java.time.Duration;
import java.util.stream.IntStream;

/// The deadlines in milliseconds, as the wheel counts; 0 means none, where that is allowed.
///
/// @param hurriedHead the head deadline while descriptors or connections are used up
/// @param stay how long a peer may stay
/// @param period how long a connection is left alone at most: the shortest of the deadlines that
///   can begin between two visits, so that none of them is noticed late
public record Timeouts(
        int head,
        int hurriedHead,
        int message,
        int ping,
        int pong,
        Stay stay,
        int write,
        int close,
        int period) {

    /// Bytes sent since a ping was last answered, from which on a busy client is pinged too: so it
    /// is known how much of it has been read.
    static final int MUCH_UNREAD_BYTES = 64 << 10;

    /// The time for each KiB that a peer may still have to read: 8 KiB/s. Slower readers are not
    /// waited for.
    private static final int MILLIS_PER_KIB = 125;

    /// More than so much is hardly on its way to a client, whatever proxies hold.
    private static final int MAX_UNREAD_KIB = 4 << 10;

    /// How long a head may take while descriptors or connections are used up.
    private static final int HURRIED_HEAD = 2000;

    /// How long a peer may stay, however well it does.
    ///
    /// @param idle since its last message
    /// @param age since its WebSocket was opened, 10 % more or less
    record Stay(int idle, int age) {}

    /// The deadlines of a configuration.
    public static Timeouts of(Deadlines deadlines) {
        int head = millis(deadlines.receiving().head());
        int message = millis(deadlines.receiving().message());
        int ping = millis(deadlines.liveness().pingInterval());
        int idle = millis(deadlines.receiving().idle());
        int write = millis(deadlines.sending().write());
        int period =
                IntStream.of(head, message, ping, idle, write)
                        .filter(t -> t > 0)
                        .min()
                        .orElse(write);
        return new Timeouts(
                head,
                Math.min(head, HURRIED_HEAD),
                message,
                ping,
                millis(deadlines.liveness().pong()),
                new Stay(idle, millis(deadlines.connectionAge())),
                write,
                millis(deadlines.close()),
                period);
    }

    /// How long a slow client may need to read what was sent before a ping.
    int reading(int unreadBytes) {
        return Math.min(unreadBytes >>> 10, MAX_UNREAD_KIB) * MILLIS_PER_KIB;
    }

    private static int millis(Duration duration) {
        return Math.toIntExact(duration.toMillis());
    }
}
