package dev.heddle.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// The names of figures, series and counts for people: `serverRssBytesPerConnection` is in bytes,
/// and called *server RSS per connection*.
public final class Names {
    private static final Pattern WORDS = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|\\.");

    private Names() {}

    /// The unit that the name tells of; empty when it is a count.
    public static String unit(String name) {
        if (name.contains("Micros")) {
            return "µs";
        }
        if (name.contains("Bytes")) {
            return "bytes";
        }
        if (name.endsWith("Percent")) {
            return "%";
        }
        if (name.contains("Seconds") || name.equals("seconds")) {
            return "s";
        }
        return name.endsWith("PerSecond") ? "1/s" : "";
    }

    /// The name in words, without its unit.
    public static String label(String name) {
        List<String> words = new ArrayList<>();
        for (String word : WORDS.split(name, -1)) {
            switch (word) {
                case "Micros", "Bytes", "Percent", "Seconds" -> {}
                case "Cpu", "Rss", "Pss" -> words.add(word.toUpperCase(Locale.ROOT));
                default -> words.add(word.toLowerCase(Locale.ROOT));
            }
        }
        return String.join(" ", words).replaceFirst("^ops per second$", "rate of operations");
    }
}
