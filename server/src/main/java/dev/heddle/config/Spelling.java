package dev.heddle.config;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/// Guesses which known name was meant.
public final class Spelling {
    private Spelling() {}

    /// A hint to end an error with: `did you mean port?`, or where to look if no known name
    /// resembles the wrong one. Beside what all names begin with, at most every third character may
    /// differ; upper and lower case do not.
    ///
    /// @param known at least one name
    /// @param otherwise where they are listed
    public static String hint(String wrong, Collection<String> known, String otherwise) {
        String nearest =
                known.stream()
                        .min(Comparator.comparingInt(name -> distance(wrong, name)))
                        .orElseThrow();
        int differing = Math.max(1, (wrong.length() - shared(wrong, known)) / 3);
        return distance(wrong, nearest) <= differing ? "did you mean " + nearest + "?" : otherwise;
    }

    /// How many first characters all have in common: `HEDDLE_`, `--`.
    private static int shared(String wrong, Collection<String> known) {
        int length = wrong.length();
        for (String name : known) {
            int mismatch = Arrays.mismatch(wrong.toCharArray(), name.toCharArray());
            length = mismatch < 0 ? length : Math.min(length, mismatch);
        }
        return length;
    }

    private static int distance(String wrong, String known) {
        return distanceInOneCase(wrong.toLowerCase(Locale.ROOT), known.toLowerCase(Locale.ROOT));
    }

    /// Edits from one name to another. Leaving out a known name's group counts as one edit.
    private static int distanceInOneCase(String wrong, String known) {
        int whole = edits(wrong, known);
        int dot = known.lastIndexOf('.');
        return dot < 0 ? whole : Math.min(whole, 1 + edits(wrong, known.substring(dot + 1)));
    }

    /// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
    private static int edits(String from, String to) {
        int[][] cost = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : step(cost, i, j, from, to);
            }
        }
        return cost[from.length()][to.length()];
    }

    private static int step(int[][] cost, int i, int j, String from, String to) {
        boolean isSame = from.charAt(i - 1) == to.charAt(j - 1);
        int best = cost[i - 1][j - 1] + (isSame ? 0 : 1);
        best = Math.min(best, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        boolean isSwapped =
                i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1);
        return isSwapped ? Math.min(best, 1 + cost[i - 2][j - 2]) : best;
    }
}
