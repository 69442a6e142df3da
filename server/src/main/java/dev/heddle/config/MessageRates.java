package dev.heddle.config;

/// How much each client of an endpoint may send in the long run. A second's worth may come at once.
///
/// @param messagesPerSecond messages of one connection; 0 is no limit
/// @param bytesPerSecond payload bytes of one connection; 0 is no limit
public record MessageRates(int messagesPerSecond, int bytesPerSecond) {
    /// As much as they like.
    public static final MessageRates UNLIMITED = new MessageRates(0, 0);

    public MessageRates {
        SettingsTable.WS_MESSAGES_PER_SECOND.require(messagesPerSecond);
        SettingsTable.WS_BYTES_PER_SECOND.require((long) bytesPerSecond);
    }

    static MessageRates of(Values values) {
        return new MessageRates(
                values.get(SettingsTable.WS_MESSAGES_PER_SECOND),
                values.bytes(SettingsTable.WS_BYTES_PER_SECOND));
    }
}
