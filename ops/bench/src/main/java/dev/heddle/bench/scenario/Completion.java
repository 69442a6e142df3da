package dev.heddle.bench.scenario;

/// Which broadcasts all receivers of this worker have, or will never get because they are gone.
final class Completion {
    private final Site.Completions told;
    private final int[] counts;
    private int receivers = Integer.MAX_VALUE;
    private int complete;

    Completion(int messages, Site.Completions told) {
        this.told = told;
        this.counts = new int[messages];
    }

    /// @param all who are, or have been, receivers: for each of them every broadcast is added
    void begin(int all, long now) {
        receivers = all;
        advance(now);
    }

    /// One receiver more has that broadcast, or will never get it.
    void add(int number, long now) {
        if (++counts[number] >= receivers) {
            advance(now);
        }
    }

    private void advance(long now) {
        while (complete < counts.length && counts[complete] >= receivers) {
            told.completed(complete++, now);
        }
    }
}
