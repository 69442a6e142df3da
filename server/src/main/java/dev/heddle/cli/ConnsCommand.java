package dev.heddle.cli;

import com.fasterxml.jackson.databind.JsonNode;

import dev.heddle.config.Printable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;

/// `heddle conns`, which prints a line for each of some connections, or one connection and its
/// thread's stack.
@Command(name = "conns", description = "Lists the connections of a running server, or shows one.")
final class ConnsCommand implements Callable<Integer> {
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

    private final Invocation invocation;

    @Option(
            names = "--sort",
            paramLabel = "BY",
            description = "sort by outbox (default), peak, age, rate or bytes, largest first")
    private String sort = "outbox";

    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = Converters.Rows.class,
            description = "how many connections to list (default ${DEFAULT-VALUE})")
    private int limit = 20;

    @Option(
            names = "--connection",
            paramLabel = "ID",
            converter = Converters.ConnectionId.class,
            description = "show this connection and its stack")
    private Optional<String> connection = Optional.empty();

    ConnsCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws Complaint, InterruptedException {
        OperatorClient server = new OperatorClient(invocation.settings());
        List<String> lines = connection.isPresent() ? one(server, connection.get()) : all(server);
        lines.forEach(invocation.console().out()::println);
        return ExitCode.DONE;
    }

    private List<String> all(OperatorClient server) throws Complaint, InterruptedException {
        String query = "?limit=" + limit + "&sort=" + OperatorClient.encoded(sort);
        JsonNode found = server.json("/debug/connections" + query);
        Table table = new Table(HEADINGS.indexOf("path"), HEADINGS);
        for (JsonNode each : found.path("rows")) {
            table.add(cells(each.path("connection"), each.path("rate").asDouble()));
        }
        List<String> lines = new ArrayList<>(table.lines());
        lines.add(
                "%d of %s connections"
                        .formatted(found.path("rows").size(), new Row(found).count("connections")));
        return lines;
    }

    private static List<String> one(OperatorClient server, String id)
            throws Complaint, InterruptedException {
        JsonNode connection = server.json("/debug/connections/" + id);
        JsonNode stack = server.json("/debug/connections/" + id + "/stack");
        List<String> lines = new ArrayList<>();
        connection
                .properties()
                .forEach(field -> lines.add(line(field.getKey(), field.getValue().asText(""))));
        for (JsonNode frame : stack.path("frames")) {
            lines.add(line("at", frame.asText()));
        }
        return lines;
    }

    private static String line(String name, String value) {
        return "%16s  %s".formatted(name, Printable.of(value));
    }

    private static List<String> cells(JsonNode connection, double rate) {
        Row row = new Row(connection);
        return List.of(
                connection.path("id").asText(),
                age(Duration.ofMillis(connection.path("ageMillis").asLong())),
                row.count("messagesIn"),
                row.count("messagesOut"),
                String.format(Locale.ROOT, "%,.1f", rate),
                row.count("outboxBytes"),
                row.count("peakOutboxBytes"),
                row.text("path"),
                row.text("peer"),
                row.text("user"),
                row.text("state"));
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
}
