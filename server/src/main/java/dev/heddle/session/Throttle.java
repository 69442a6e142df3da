package dev.heddle.session;

import dev.heddle.config.CommandRates;

import java.util.concurrent.TimeUnit;

/// How much one client has sent lately. Used by its connection's thread alone.
final class Throttle {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Rates rates;
    private long commandsFullAt;
    private long bytesFullAt;
    private long waitedNanos;

    /// What all connections share.
    ///
    /// @param commands how many messages
    /// @param bytes how many payload bytes
    /// @param patienceNanos how long a client may be kept waiting
    record Rates(Rate commands, Rate bytes, long patienceNanos) {
        static Rates of(CommandRates rates) {
            return new Rates(
                    Rate.of(rates.maxPerSecond(), SECOND, rates.maxBurst()),
                    Rate.of(rates.maxBytesPerSecond(), SECOND, rates.maxBurstBytes()),
                    rates.patience().toNanos());
        }
    }

    Throttle(Rates rates, long now) {
        this.rates = rates;
        this.commandsFullAt = now;
        this.bytesFullAt = now;
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
