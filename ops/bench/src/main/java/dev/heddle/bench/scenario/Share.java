package dev.heddle.bench.scenario;

/// Which part of the whole one worker does.
///
/// @param worker from 0
/// @param workers how many there are
public record Share(int worker, int workers) {
    /// How many of `total` are this worker's.
    public int of(int total) {
        return total / workers + (worker < total % workers ? 1 : 0);
    }

    /// How much of a rate is this worker's.
    public double of(double rate) {
        return rate / workers;
    }

    /// Whether it is the one that does what only one can do.
    public boolean isFirst() {
        return worker == 0;
    }

    /// Whether there is no other.
    public boolean isWhole() {
        return workers == 1;
    }
}
