package dev.heddle.config;

/// The endpoints that the server has by itself.
///
/// @param ws the raw hub
/// @param acc users, rooms and channels
/// @param echo what sends everything back; `/benchmark` exists with it
public record Endpoints(EndpointSettings ws, AccSettings acc, EndpointSettings echo) {

    static Endpoints of(Values values) {
        return new Endpoints(
                new EndpointSettings(
                        values.get(SettingsTable.WS_ENABLED),
                        EndpointLimits.of(values, SettingsTable.WS),
                        new MessageRates(
                                values.get(SettingsTable.WS_MESSAGES_PER_SECOND),
                                values.bytes(SettingsTable.WS_BYTES_PER_SECOND)),
                        values.get(SettingsTable.WS_LOGIN)),
                AccSettings.of(values),
                new EndpointSettings(
                        values.get(SettingsTable.DIAGNOSTICS),
                        EndpointLimits.of(values, SettingsTable.ECHO),
                        MessageRates.UNLIMITED,
                        false));
    }
}
