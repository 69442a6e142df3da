package dev.heddle.api.v1;

import dev.heddle.api.http.Call;
import dev.heddle.api.http.Parameters;
import dev.heddle.api.http.Refusal;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.NavigableMap;

/// A part of a list in the order of its keys, which stays right while others come and go: the next
/// part begins after the last key of this one.
///
/// @param elements the part
/// @param next what `after` must be for the next part; `null` if there is none
record Page<T>(List<T> elements, @Nullable String next) {
    private static final int USUAL = 1_000;
    private static final int MOST = 10_000;

    /// The part that a caller asks for with the parameters `after` and `limit`.
    static <T> Page<T> of(NavigableMap<String, T> all, Call call) throws Refusal {
        Parameters query = call.query("after", "limit");
        int limit = query.number("limit", USUAL, MOST);
        NavigableMap<String, T> rest = all.tailMap(query.find("after").orElse(""), false);
        List<String> keys = rest.keySet().stream().limit(limit).toList();
        List<T> elements = rest.values().stream().limit(limit).toList();
        boolean isLast = keys.size() == rest.size() || keys.isEmpty();
        return new Page<>(elements, isLast ? null : keys.getLast());
    }
}
