package dev.heddle.config;

/// `/acc`, where users log in and send commands.
///
/// @param endpoint what every endpoint has
/// @param commands how much each connection may send
/// @param users how users log in and what counts as being there
/// @param rooms where users are together
/// @param messages the language of standard texts that clients and backends get
public record AccSettings(
        EndpointSettings endpoint,
        CommandRates commands,
        UserSettings users,
        RoomSettings rooms,
        Language messages) {

    static AccSettings of(Values values) {
        return new AccSettings(
                EndpointSettings.of(values, SettingsTable.ACC),
                CommandRates.of(values),
                UserSettings.of(values),
                RoomSettings.of(values),
                values.get(SettingsTable.MESSAGES));
    }
}
