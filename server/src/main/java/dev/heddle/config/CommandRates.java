package dev.heddle.config;

import java.time.Duration;

/// The rates of one connection to `/acc`. The server reads a client that sends more than this more
/// slowly, and in the end not at all.
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
        SettingsTable.COMMANDS_PER_SECOND.require(maxPerSecond);
        SettingsTable.COMMAND_BURST.require(maxBurst);
        SettingsTable.COMMAND_BYTES_PER_SECOND.require((long) maxBytesPerSecond);
        SettingsTable.COMMAND_BURST_BYTES.require((long) maxBurstBytes);
        SettingsTable.COMMAND_PATIENCE.require(patience);
    }

    static CommandRates of(Values values) {
        return new CommandRates(
                values.get(SettingsTable.COMMANDS_PER_SECOND),
                values.get(SettingsTable.COMMAND_BURST),
                values.bytes(SettingsTable.COMMAND_BYTES_PER_SECOND),
                values.bytes(SettingsTable.COMMAND_BURST_BYTES),
                values.get(SettingsTable.COMMAND_PATIENCE));
    }
}
