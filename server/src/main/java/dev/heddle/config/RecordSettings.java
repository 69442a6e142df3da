package dev.heddle.config;

/// What the server tells of itself beside its metrics.
///
/// @param jfr what is recorded in the background, and when it is written
/// @param log what is logged
public record RecordSettings(JfrSettings jfr, LogSettings log) {
    static RecordSettings of(Values values) {
        return new RecordSettings(JfrSettings.of(values), LogSettings.of(values));
    }
}
