package dev.heddle.bench.engine;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// What has been counted. **Not thread-safe**: the loop's thread counts and reads.
public final class Tally {
    // A cell of one for each, so that counting allocates nothing.
    private final EnumMap<Count, long[]> counts = new EnumMap<>(Count.class);
    private final Map<Integer, Long> closeCodes = new TreeMap<>();

    /// Nothing has been counted yet.
    public Tally() {
        for (Count count : Count.values()) {
            counts.put(count, new long[1]);
        }
    }

    /// Counts one more.
    public void add(Count count) {
        add(count, 1);
    }

    /// Counts `more` more.
    public void add(Count count, long more) {
        cell(count)[0] += more;
    }

    /// How many there are.
    public long get(Count count) {
        return cell(count)[0];
    }

    /// Counts a Close frame that the server sent of its own accord; 1005 when it had no code.
    public void addClose(int code) {
        closeCodes.merge(code, 1L, Long::sum);
    }

    /// All of it by its names in a result; what never happened is left out.
    public Map<String, Long> asMap() {
        Map<String, Long> map = new TreeMap<>();
        for (Count count : Count.values()) {
            if (get(count) != 0) {
                map.put(count.key(), get(count));
            }
        }
        closeCodes.forEach((code, times) -> map.put("closed." + code, times));
        return map;
    }

    private long[] cell(Count count) {
        return Objects.requireNonNull(counts.get(count));
    }
}
