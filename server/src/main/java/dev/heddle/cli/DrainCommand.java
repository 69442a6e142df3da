package dev.heddle.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;

/// `heddle drain`, which has a server close its connections and end, and prints how many are left
/// until it has ended. Interrupting the command does not stop the drain.
@Command(
        name = "drain",
        description = "Has a running server close its connections, a few at a time, and end.")
final class DrainCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Invocation invocation;

    @Option(
            names = "--over",
            paramLabel = "TIME",
            converter = Converters.Spread.class,
            description =
                    "the time until the last client is told, such as 60s (default: the server's"
                            + " deadlines.drain-spread)")
    private Optional<Duration> over = Optional.empty();

    DrainCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws Complaint, InterruptedException {
        OperatorClient server = new OperatorClient(invocation.settings()).within(PATIENCE);
        String started = server.json("/api/v1/server").path("started").asText();
        JsonNode begun = begin(server);
        print(
                "%s drains: %s connections, over %s s"
                        .formatted(
                                server.base(),
                                new Row(begun).count("connections"),
                                (begun.path("overMillis").asLong() + 999) / 1_000));
        awaitEnd(server, started);
        print("The server has ended.");
        return ExitCode.DONE;
    }

    private JsonNode begin(OperatorClient server) throws Complaint, InterruptedException {
        String query = over.map(time -> "?over=" + time.toMillis() + "ms").orElse("");
        try (InputStream answer = server.post("/api/v1/server/drain" + query)) {
            return OperatorClient.parsed(new String(answer.readAllBytes(), StandardCharsets.UTF_8));
        } catch (JsonProcessingException other) {
            throw Complaint.cannot("what answers at " + server.base() + " is no internal port");
        } catch (IOException broken) {
            throw Complaint.away(server.base() + " does not answer: " + broken.getMessage());
        }
    }

    /// A server that is silent has not ended: it may be stopped, or busy. Another server at the
    /// same port has been started when this one had ended.
    private void awaitEnd(OperatorClient server, String started)
            throws Complaint, InterruptedException {
        String before = "";
        while (!server.isGone()) {
            String now = look(server, started, before);
            if (now.isEmpty()) {
                return;
            }
            if (!now.equals(before)) {
                print(now);
                before = now;
            }
            Thread.sleep(LOOK);
        }
    }

    /// @return what there is to say; nothing if another server is there
    private static String look(OperatorClient server, String started, String before)
            throws Complaint, InterruptedException {
        try {
            JsonNode now = server.json("/api/v1/server");
            return now.path("started").asText().equals(started)
                    ? new Row(now).count("connections") + " connections left"
                    : "";
        } catch (Complaint away) {
            if (!away.mayPass()) {
                throw away;
            }
            return server.isGone() ? before : "the server does not answer";
        }
    }

    private void print(String line) {
        invocation.console().out().println(line);
    }
}
