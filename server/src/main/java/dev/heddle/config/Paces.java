package dev.heddle.config;

/// How often one connection may want a turn of the server for next to nothing. Each bound holds in
/// the long run, and as many as in a second may come at once. A connection that wants more is read
/// from more slowly.
///
/// @param maxControlFramesPerSecond pings, pongs and Close frames; 0 is no limit
/// @param maxRequestsPerSecond HTTP requests; 0 is no limit
public record Paces(int maxControlFramesPerSecond, int maxRequestsPerSecond) {
    public Paces {
        SettingsTable.CONTROL_FRAMES_PER_SECOND.require(maxControlFramesPerSecond);
        SettingsTable.REQUESTS_PER_SECOND.require(maxRequestsPerSecond);
    }

    static Paces of(Values values) {
        return new Paces(
                values.get(SettingsTable.CONTROL_FRAMES_PER_SECOND),
                values.get(SettingsTable.REQUESTS_PER_SECOND));
    }
}
