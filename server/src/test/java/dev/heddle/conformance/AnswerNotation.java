package dev.heddle.conformance;

import dev.heddle.support.HttpAnswer;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A column that says which answer a request must get: `400`, `101 or 400`, `405 with Allow`, `426
/// with Sec-WebSocket-Version: 13`.
///
/// @param statuses the status codes that are right
/// @param header a header that must be there; empty for none
/// @param value its value; empty for any
record AnswerNotation(Set<Integer> statuses, String header, String value) {
    private static final Pattern ANSWER =
            Pattern.compile("(\\d{3}(?: or \\d{3})*)(?: with ([A-Za-z-]+)(?:: (.+))?)?");

    AnswerNotation {
        statuses = Set.copyOf(statuses);
    }

    static AnswerNotation parse(String column) {
        Matcher parts = ANSWER.matcher(column);
        if (!parts.matches()) {
            throw new TableException("no answer: " + column);
        }
        Set<Integer> statuses =
                Arrays.stream(parts.group(1).split(" or ", -1))
                        .map(Integer::valueOf)
                        .collect(Collectors.toSet());
        return new AnswerNotation(statuses, orEmpty(parts.group(2)), orEmpty(parts.group(3)));
    }

    private static String orEmpty(@Nullable String group) {
        return group == null ? "" : group;
    }

    boolean matches(HttpAnswer answer) {
        String actual = header.isEmpty() ? "" : answer.header(header);
        boolean present = header.isEmpty() || !actual.isEmpty();
        return statuses.contains(answer.status())
                && present
                && (value.isEmpty() || value.equals(actual));
    }
}
