package dev.heddle.config;

/// The settings of the recording and of the log.
///
/// @param jfr what is recorded in the background, and when it is written
/// @param log what is logged
public record RecordSettings(JfrSettings jfr, LogSettings log) {
    static RecordSettings of(Values values) {
        return new RecordSettings(JfrSettings.of(values), LogSettings.of(values));
    }
}
