package dev.heddle.cli;

import com.fasterxml.jackson.databind.JsonNode;

import dev.heddle.config.Printable;
import dev.heddle.config.Settings;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Prints what the connections of a server that runs are doing, as its internal port tells it.
///
/// @param out where that goes
/// @param err where it says why it cannot
record InspectCommand(PrintStream out, PrintStream err) {
    private static final List<String> HEADINGS =
            List.of(
                    "id",
                    "age",
                    "messages in",
                    "out",
                    "per s",
                    "outbox B",
                    "peak B",
                    "path",
                    "peer",
                    "user",
                    "state");

    /// Columns from here on are words.
    private static final int FIRST_WORDS = HEADINGS.indexOf("path");

    /// Prints how many connections are where, the most first.
    int where(Settings settings) {
        return print(settings, InspectCommand::where);
    }

    /// Prints a line for each of some connections, or one connection and its thread's stack.
    int conns(Settings settings, WatchOptions options) {
        return options.connection().isPresent()
                ? print(settings, port -> connection(port, options.connection().get()))
                : print(settings, port -> connections(port, options));
    }

    /// What is to be printed.
    private interface Question {
        List<String> ask(InternalPort port) throws InternalPort.Failure, InterruptedException;
    }

    private int print(Settings settings, Question question) {
        try {
            question.ask(new InternalPort(settings)).forEach(out::println);
            return Main.DONE;
        } catch (InternalPort.Failure failure) {
            err.println("heddle: " + failure.text());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return Main.CANNOT_SERVE;
    }

    private static List<String> where(InternalPort port)
            throws InternalPort.Failure, InterruptedException {
        JsonNode where = port.json("/debug/where");
        List<String> lines = new ArrayList<>();
        for (JsonNode place : where.path("places")) {
            String frame = text(place, "frame");
            lines.add(
                    "%10s  %s%s"
                            .formatted(
                                    count(place, "connections"),
                                    text(place, "state"),
                                    frame.isEmpty() ? "" : ", in " + frame));
        }
        lines.add(
                "%10s  connections; %s stacks looked at, in %.1f ms"
                        .formatted(
                                count(where, "connections"),
                                count(where, "sampled"),
                                where.path("millis").asDouble()));
        return lines;
    }

    private static List<String> connections(InternalPort port, WatchOptions options)
            throws InternalPort.Failure, InterruptedException {
        JsonNode found =
                port.json(
                        "/debug/connections?limit="
                                + options.limit()
                                + "&sort="
                                + InternalPort.encoded(options.sort()));
        List<List<String>> table = new ArrayList<>();
        table.add(HEADINGS);
        for (JsonNode row : found.path("rows")) {
            table.add(cells(row.path("connection"), row.path("rate").asDouble()));
        }
        List<String> lines = aligned(table);
        lines.add(
                "%d of %s connections"
                        .formatted(found.path("rows").size(), count(found, "connections")));
        return lines;
    }

    private static List<String> connection(InternalPort port, String id)
            throws InternalPort.Failure, InterruptedException {
        JsonNode connection = port.json("/debug/connections/" + id);
        JsonNode stack = port.json("/debug/connections/" + id + "/stack");
        List<String> lines = new ArrayList<>();
        connection
                .properties()
                .forEach(
                        field ->
                                lines.add(
                                        "%16s  %s"
                                                .formatted(
                                                        field.getKey(),
                                                        Printable.of(
                                                                field.getValue().asText("")))));
        for (JsonNode frame : stack.path("frames")) {
            lines.add("%16s  %s".formatted("at", Printable.of(frame.asText())));
        }
        return lines;
    }

    private static List<String> cells(JsonNode connection, double rate) {
        return List.of(
                connection.path("id").asText(),
                age(Duration.ofMillis(connection.path("ageMillis").asLong())),
                count(connection, "messagesIn"),
                count(connection, "messagesOut"),
                String.format(Locale.ROOT, "%,.1f", rate),
                count(connection, "outboxBytes"),
                count(connection, "peakOutboxBytes"),
                text(connection, "path"),
                text(connection, "peer"),
                text(connection, "user"),
                text(connection, "state"));
    }

    private static List<String> aligned(List<List<String>> table) {
        List<Integer> widths =
                IntStream.range(0, HEADINGS.size())
                        .map(
                                i ->
                                        table.stream()
                                                .mapToInt(row -> row.get(i).length())
                                                .max()
                                                .orElse(0))
                        .boxed()
                        .toList();
        return table.stream()
                .map(
                        row ->
                                IntStream.range(0, row.size())
                                        .mapToObj(i -> padded(row.get(i), i, widths.get(i)))
                                        .collect(Collectors.joining("  "))
                                        .stripTrailing())
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static String padded(String cell, int column, int width) {
        String blanks = " ".repeat(width - cell.length());
        return column < FIRST_WORDS ? blanks + cell : cell + blanks;
    }

    /// The two largest units: `3h 12m`.
    private static String age(Duration age) {
        if (age.toDays() > 0) {
            return age.toDays() + "d " + age.toHoursPart() + "h";
        }
        if (age.toHours() > 0) {
            return age.toHours() + "h " + age.toMinutesPart() + "m";
        }
        return (age.toMinutes() > 0 ? age.toMinutes() + "m " : "") + age.toSecondsPart() + "s";
    }

    private static String count(JsonNode object, String field) {
        return String.format(Locale.ROOT, "%,d", object.path(field).asLong());
    }

    /// One line: what a client has sent may be in it, and must not move the cursor.
    private static String text(JsonNode object, String field) {
        return Printable.of(object.path(field).asText(""));
    }
}
