package dev.heddle.bench.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads `--source`: addresses and ranges in their last number, `127.0.0.1-127.0.0.9,10.0.0.7`.
final class Sources {
    private static final Pattern ITEM =
            Pattern.compile("((?:\\d{1,3}\\.){3})(\\d{1,3})(?:-((?:\\d{1,3}\\.){3})(\\d{1,3}))?");

    private Sources() {}

    /// @throws IllegalArgumentException when it is none of these
    static List<String> parse(String text) {
        List<String> addresses = new ArrayList<>();
        for (String item : text.split(",", -1)) {
            Matcher match = ITEM.matcher(item.strip());
            if (!match.matches()) {
                throw unclear(item);
            }
            int first = Integer.parseInt(match.group(2));
            int last = match.group(4) == null ? first : Integer.parseInt(match.group(4));
            boolean isOneNet = match.group(3) == null || match.group(3).equals(match.group(1));
            if (!isOneNet || last < first || last > 255) {
                throw unclear(item);
            }
            for (int host = first; host <= last; host++) {
                addresses.add(match.group(1) + host);
            }
        }
        return addresses;
    }

    private static IllegalArgumentException unclear(String item) {
        return new IllegalArgumentException(
                "'%s' is neither an address nor a range like 127.0.0.1-127.0.0.9".formatted(item));
    }
}
