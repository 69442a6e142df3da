package dev.heddle.config;

import java.time.Duration;

/// How much one connection to `/acc` may send. Who sends more is read more slowly, and in the end
/// not at all.
///
/// @param maxPerSecond messages in the long run; 0 is no limit
/// @param maxBurst messages at once
/// @param maxBytesPerSecond payload bytes in the long run; 0 is no limit
/// @param maxBurstBytes payload bytes at once; one message may be larger
/// @param patience how long such a connection is kept waiting, in all until it has sent so little
///   that a whole burst is free again, before it is ended
public record CommandRates(
        int maxPerSecond,
        int maxBurst,
        int maxBytesPerSecond,
        int maxBurstBytes,
        Duration patience) {

    public CommandRates {
        Keys.COMMANDS_PER_SECOND.require(maxPerSecond);
        Keys.COMMAND_BURST.require(maxBurst);
        Keys.COMMAND_BYTES_PER_SECOND.require((long) maxBytesPerSecond);
        Keys.COMMAND_BURST_BYTES.require((long) maxBurstBytes);
        Keys.COMMAND_PATIENCE.require(patience);
    }

    static CommandRates of(Values values) {
        return new CommandRates(
                values.get(Keys.COMMANDS_PER_SECOND),
                values.get(Keys.COMMAND_BURST),
                values.bytes(Keys.COMMAND_BYTES_PER_SECOND),
                values.bytes(Keys.COMMAND_BURST_BYTES),
                values.get(Keys.COMMAND_PATIENCE));
    }
}
