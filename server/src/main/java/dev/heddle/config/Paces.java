package dev.heddle.config;

/// How often one connection may want a turn of the server for next to nothing. Each bound holds in
/// the long run, and as many as in a second may come at once. A connection that wants more is read
/// from more slowly.
///
/// @param maxControlFramesPerSecond pings, pongs and Close frames; 0 is no limit
/// @param maxRequestsPerSecond HTTP requests; 0 is no limit
public record Paces(int maxControlFramesPerSecond, int maxRequestsPerSecond) {
    static final Kind<Integer> KIND = Kind.count(0, 1_000_000);

    public Paces {
        Keys.CONTROL_FRAMES_PER_SECOND.require(maxControlFramesPerSecond);
        Keys.REQUESTS_PER_SECOND.require(maxRequestsPerSecond);
    }

    static Paces of(Values values) {
        return new Paces(
                values.get(Keys.CONTROL_FRAMES_PER_SECOND), values.get(Keys.REQUESTS_PER_SECOND));
    }
}
