package dev.heddle.bench.run;

/// A run cannot be made or finished; the message says why, for a person.
public final class BenchFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    public BenchFailure(String message) {
        super(message);
    }
}
