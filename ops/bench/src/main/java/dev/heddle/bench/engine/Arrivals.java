package dev.heddle.bench.engine;

import org.jspecify.annotations.Nullable;

import java.util.BitSet;

/// Which numbers each receiver has got, when they should come as 0, 1, 2, …
///
/// A number that comes after a higher one is reordered; one that comes again is duplicated; one
/// that has not come in the end is lost.
public final class Arrivals {
    private final Tally tally;
    // For each receiver: one more than the highest number that has come, and which below have not.
    private final int[] next;
    private final @Nullable BitSet[] missing;

    /// @param receivers how many there are
    /// @param tally where [Count#DUPLICATED], [Count#REORDERED] and [Count#LOST] are counted
    public Arrivals(int receivers, Tally tally) {
        this.tally = tally;
        this.next = new int[receivers];
        this.missing = new BitSet[receivers];
    }

    /// Notes that `number` has come.
    ///
    /// @return whether it had not come before
    public boolean add(int receiver, int number) {
        int expected = next[receiver];
        if (number == expected) {
            next[receiver] = expected + 1;
            return true;
        }
        return addOutOfOrder(receiver, number);
    }

    /// How many different numbers have come.
    public int got(int receiver) {
        BitSet gaps = missing[receiver];
        return next[receiver] - (gaps == null ? 0 : gaps.cardinality());
    }

    /// Whether `number` has come.
    public boolean has(int receiver, int number) {
        BitSet gaps = missing[receiver];
        return number < next[receiver] && (gaps == null || !gaps.get(number));
    }

    /// Counts as lost what has not come.
    ///
    /// @param sent how many numbers should have come
    public void countLost(int receiver, int sent) {
        tally.add(Count.LOST, Math.max(0, sent - got(receiver)));
    }

    private boolean addOutOfOrder(int receiver, int number) {
        BitSet gaps = missing[receiver];
        if (number > next[receiver]) {
            if (gaps == null) {
                gaps = new BitSet();
                missing[receiver] = gaps;
            }
            gaps.set(next[receiver], number);
            next[receiver] = number + 1;
            return true;
        }
        if (gaps == null || !gaps.get(number)) {
            tally.add(Count.DUPLICATED);
            return false;
        }
        gaps.clear(number);
        tally.add(Count.REORDERED);
        return true;
    }
}
