package dev.heddle.cli;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;

/// One picture of `heddle top`: lines of a terminal.
///
/// @param title the server, and whether it answers
/// @param samples what it has said
/// @param places what it has answered to `/debug/where`
/// @param connections what it has answered to `/debug/connections`, in the order to show
record TopFrame(String title, LiveSamples samples, JsonNode places, JsonNode connections) {
    private static final int TITLE_COLUMNS = 14;
    private static final int VALUE_COLUMNS = 10;
    private static final int HALF_COLUMNS = 40;
    private static final int MOST_PLACES = 6;
    private static final List<String> HEADINGS =
            List.of("id", "outbox B", "peak B", "per s", "age", "user or peer", "path", "state");
    private static final int NUMBERS = HEADINGS.indexOf("user or peer");

    /// The picture's lines. Those that are too long are cut.
    ///
    /// @param size of the terminal
    /// @param style of what is marked
    List<String> lines(Screen.Size size, Screen.Style style) {
        List<String> lines = new ArrayList<>();
        lines.add(style.bold(cut(title, size.columns())));
        lines.add("");
        lines.addAll(numbers(size, style));
        lines.add("");
        List<String> where = WhereCommand.lines(places);
        int shown = Math.min(MOST_PLACES, where.size());
        lines.add(style.bold(cut("  Where the connections are", size.columns())));
        where.subList(0, shown).forEach(line -> lines.add(cut(line, size.columns())));
        lines.add("");
        lines.add(style.bold(cut("  The fullest outboxes", size.columns())));
        table().forEach(line -> lines.add(cut(line, size.columns())));
        return lines.subList(0, Math.min(lines.size(), size.rows()));
    }

    /// Two beside each other, or below each other where the terminal is narrow.
    private List<String> numbers(Screen.Size size, Screen.Style style) {
        int perLine = size.columns() >= 2 * HALF_COLUMNS ? 2 : 1;
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < TopNumber.ALL.size(); i += perLine) {
            StringBuilder line = new StringBuilder();
            for (TopNumber each : TopNumber.ALL.subList(i, i + perLine)) {
                line.append(text(each, Math.min(HALF_COLUMNS, size.columns()), style));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private String text(TopNumber number, int columns, Screen.Style style) {
        boolean isHigh = number.isHigh().test(samples);
        String text =
                (isHigh ? "! " : "  ")
                        + left(number.title(), TITLE_COLUMNS)
                        + right(number.value().apply(samples), VALUE_COLUMNS)
                        + " "
                        + number.beside().apply(samples);
        String fitting = cut(left(text, columns), columns);
        return isHigh ? style.alarm(fitting) : fitting;
    }

    private List<String> table() {
        Table table = new Table(NUMBERS, HEADINGS);
        for (JsonNode each : connections.path("rows")) {
            JsonNode connection = each.path("connection");
            Row row = new Row(connection);
            String user = row.text("user");
            table.add(
                    List.of(
                            connection.path("id").asText(),
                            row.count("outboxBytes"),
                            row.count("peakOutboxBytes"),
                            Figures.rate(each.path("rate").asDouble()),
                            Figures.age(connection.path("ageMillis").asDouble() / 1e3),
                            user.isEmpty() ? row.text("peer") : user,
                            row.text("path"),
                            row.text("state")));
        }
        return table.lines().stream().map(line -> "  " + line).toList();
    }

    private static String left(String text, int columns) {
        return text + " ".repeat(Math.max(0, columns - text.length()));
    }

    private static String right(String text, int columns) {
        return " ".repeat(Math.max(0, columns - text.length())) + text;
    }

    private static String cut(String text, int columns) {
        return text.length() > columns ? text.substring(0, columns) : text;
    }
}
