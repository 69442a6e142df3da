package dev.heddle.cli;

import com.fasterxml.jackson.databind.JsonNode;

import dev.heddle.config.Printable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/// `heddle tail`, which prints events as they happen, one in each line. It ends only when the
/// server does, or refuses.
@Command(name = "tail", description = "Prints the events of a running server, a second late.")
final class TailCommand implements Callable<Integer> {
    /// A stream of events counts as lost after two signs of life that have not come, and some time:
    /// the server shows life every 15 s.
    private static final Duration SILENCE = Duration.ofSeconds(35);

    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final String DATA = "data: ";
    private static final String EVENT = "event: ";

    private final Invocation invocation;
    private final Duration silence;

    @Option(
            names = "--type",
            paramLabel = "EVENT",
            description = "print only events of this type, such as SlowConsumer; repeatable")
    private List<String> types = new ArrayList<>();

    @Option(
            names = "--user",
            paramLabel = "ID",
            converter = Converters.Text.class,
            description = "print only events of this user")
    private Optional<String> user = Optional.empty();

    @Option(
            names = "--connection",
            paramLabel = "ID",
            converter = Converters.ConnectionId.class,
            description = "print only events of this connection")
    private Optional<String> connection = Optional.empty();

    TailCommand(Invocation invocation) {
        this(invocation, SILENCE);
    }

    /// @param silence after which a stream of events counts as lost
    TailCommand(Invocation invocation, Duration silence) {
        this.invocation = invocation;
        this.silence = silence;
    }

    @Override
    public Integer call() throws Complaint, InterruptedException {
        OperatorClient server = new OperatorClient(invocation.settings());
        String target = "/debug/events?" + query();
        while (true) { // the server ends each answer after some minutes
            InputStream events = new Unsilent(server.get(target), silence);
            try (var lines =
                    new BufferedReader(new InputStreamReader(events, StandardCharsets.UTF_8))) {
                print(lines);
            } catch (IOException ended) {
                // It may be there again, which the next request finds out.
            }
            Thread.sleep(AGAIN);
        }
    }

    private void print(BufferedReader lines) throws IOException {
        PrintStream out = invocation.console().out();
        String type = "";
        String line;
        while ((line = lines.readLine()) != null) {
            if (line.startsWith(EVENT)) {
                type = line.substring(EVENT.length());
            } else if (line.startsWith(DATA)) {
                out.println(text(type, OperatorClient.parsed(line.substring(DATA.length()))));
                out.flush();
            }
        }
    }

    /// One line: what a peer has sent may be in it, and must not move the cursor.
    private static String text(String type, JsonNode fields) {
        String values =
                fields.properties().stream()
                        .filter(field -> !field.getKey().equals("time"))
                        .map(
                                field ->
                                        field.getKey()
                                                + '='
                                                + Printable.of(field.getValue().asText()))
                        .collect(Collectors.joining(" "));
        return "%s %s %s".formatted(fields.path("time").asText(), type, values).strip();
    }

    private String query() {
        String type =
                types.isEmpty() ? "" : "type=" + OperatorClient.encoded(String.join(",", types));
        return type
                + user.map(id -> "&user=" + OperatorClient.encoded(id)).orElse("")
                + connection.map(id -> "&connection=" + id).orElse("");
    }
}
