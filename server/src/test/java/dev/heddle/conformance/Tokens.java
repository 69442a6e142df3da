package dev.heddle.conformance;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// A column of a table cut into its words, at white space that is not inside quotes.
final class Tokens {
    private static final Pattern WORD = Pattern.compile("(?:'[^']*'|[^\\s'])+");

    private Tokens() {}

    static List<String> of(String column) {
        if (column.chars().filter(c -> c == '\'').count() % 2 != 0) {
            throw new TableException("a quote is not closed: " + column);
        }
        return WORD.matcher(column).results().map(MatchResult::group).toList();
    }
}
