package dev.heddle.support;

import java.util.Random;

/// A property that must hold for whatever is drawn: a loop over seeds, in which a failure names the
/// seed that it happened with. Run with `-Dheddle.seed=<that number>` to begin with the same one.
public final class Property {
    private static final String SEED = "heddle.seed";

    private Property() {}

    /// What must hold.
    @FunctionalInterface
    public interface Check {
        void with(Random random) throws Exception;
    }

    /// Checks it as often as this, each time with another seed.
    public static void holds(int times, Check check) {
        long first = Long.getLong(SEED, System.nanoTime());
        for (long seed = first; seed < first + times; seed++) {
            try {
                check.with(new Random(seed));
            } catch (Exception | AssertionError failed) {
                String again = "fails with -D" + SEED + "=" + seed + ": " + failed.getMessage();
                throw new AssertionError(again, failed);
            }
        }
    }
}
