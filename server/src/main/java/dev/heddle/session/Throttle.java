package dev.heddle.session;

import dev.heddle.config.CommandRates;
import dev.heddle.frame.CloseCode;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// How much one client has sent lately. Used by its connection's thread alone.
public final class Throttle {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Rates rates;
    private long commandsFullAt;
    private long bytesFullAt;
    private long waitedNanos;

    /// The rates, which all connections share.
    ///
    /// @param commands how many messages
    /// @param bytes how many payload bytes
    /// @param patienceNanos how long a client may be kept waiting
    public record Rates(Rate commands, Rate bytes, long patienceNanos) {
        public static Rates of(CommandRates rates) {
            return new Rates(
                    Rate.of(rates.maxPerSecond(), SECOND, rates.maxBurst()),
                    Rate.of(rates.maxBytesPerSecond(), SECOND, rates.maxBurstBytes()),
                    rates.patience().toNanos());
        }

        /// Rates of which as much may come at once as in a second.
        static Rates of(int messages, int bytes, Duration patience) {
            return new Rates(
                    Rate.of(messages, SECOND, messages),
                    Rate.of(bytes, SECOND, bytes),
                    patience.toNanos());
        }
    }

    /// @param now as by [System#nanoTime]
    public Throttle(Rates rates, long now) {
        this.rates = rates;
        this.commandsFullAt = now;
        this.bytesFullAt = now;
    }

    /// Takes a message's share of what the client may send: waits as long as it has sent too much,
    /// and so does the client, and ends the session when that happens too often. **For the
    /// connection's thread.**
    ///
    /// @return whether the message is to be handled
    public boolean takeTime(ClientSession session, int bytes) throws InterruptedException {
        long wait = take(bytes, System.nanoTime());
        if (wait < 0) {
            session.outbox().counters().tooFast.increment();
            session.close(CloseCode.TOO_FAST, "sent too much for too long");
            return false;
        }
        if (wait > 0) {
            Thread.sleep(Duration.ofNanos(wait));
        }
        return session.isOpen();
    }

    /// A message has come.
    ///
    /// @return how long it has to wait in nanoseconds; negative when the client has been kept
    ///   waiting for too long already
    long take(int bytes, long now) {
        if (commandsFullAt - now <= 0 && bytesFullAt - now <= 0) {
            waitedNanos = 0;
        }
        commandsFullAt = rates.commands.take(commandsFullAt, 1, now);
        bytesFullAt = rates.bytes.take(bytesFullAt, bytes, now);
        long wait =
                Math.max(
                        rates.commands.waitNanos(commandsFullAt, now),
                        rates.bytes.waitNanos(bytesFullAt, now));
        waitedNanos += Math.max(0, wait);
        return waitedNanos > rates.patienceNanos ? -1 : Math.max(0, wait);
    }
}
