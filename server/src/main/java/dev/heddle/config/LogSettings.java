package dev.heddle.config;

/// The settings of the log. A program that has the server as a library chooses its own logger, and
/// so the level too.
///
/// @param level the least that is logged
/// @param requests whether each HTTP request of both ports is a line
public record LogSettings(LogLevel level, boolean requests) {
    static LogSettings of(Values values) {
        return new LogSettings(
                values.get(SettingsTable.RECORDS.log().level()),
                values.get(SettingsTable.RECORDS.log().requests()));
    }
}
