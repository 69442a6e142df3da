package dev.heddle.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// The effective settings for the eye, and as a configuration file.
final class Listing {
    /// A longer setting pushes its own comment to the right, and nobody else's.
    private static final int MAX_SETTING_COLUMNS = 48;

    private Listing() {}

    static List<String> lines(Collection<Assignment> assignments) {
        int settingColumns = widest(assignments.stream().map(Listing::setting).toList());
        int sourceColumns = widest(assignments.stream().map(Assignment::source).toList());
        String group = "";
        List<String> lines = new ArrayList<>();
        for (Assignment assignment : assignments) {
            if (!group.equals(assignment.key().group())) {
                lines.add("");
                group = assignment.key().group();
            }
            lines.add(
                    pad(setting(assignment), settingColumns)
                            + "  # "
                            + pad(assignment.source(), sourceColumns)
                            + "  "
                            + assignment.key().description());
        }
        return lines;
    }

    private static String setting(Assignment assignment) {
        return assignment.key().name() + ": " + assignment.yaml();
    }

    private static int widest(List<String> texts) {
        return texts.stream()
                .mapToInt(String::length)
                .filter(length -> length <= MAX_SETTING_COLUMNS)
                .max()
                .orElse(0);
    }

    private static String pad(String text, int columns) {
        return text + " ".repeat(Math.max(0, columns - text.length()));
    }
}
