package dev.heddle.cli;

import com.fasterxml.jackson.databind.JsonNode;

import picocli.CommandLine.Command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/// `heddle where`, which prints how many connections are where, the most first.
@Command(
        name = "where",
        description = "Counts a running server's connections by what they wait for or run.")
final class WhereCommand implements Callable<Integer> {
    static final String TARGET = "/debug/where";

    private final Invocation invocation;

    WhereCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws Complaint, InterruptedException {
        JsonNode answer = new OperatorClient(invocation.settings()).json(TARGET);
        List<String> lines = new ArrayList<>(lines(answer));
        Row all = new Row(answer);
        lines.add(
                "%10s  connections; %s stacks looked at, in %.1f ms"
                        .formatted(
                                all.count("connections"),
                                all.count("sampled"),
                                answer.path("millis").asDouble()));
        lines.forEach(invocation.console().out()::println);
        return ExitCode.DONE;
    }

    /// A line for each place that a server has answered with, the most connections first.
    static List<String> lines(JsonNode answer) {
        List<String> lines = new ArrayList<>();
        for (JsonNode each : answer.path("places")) {
            Row place = new Row(each);
            String frame = place.text("frame");
            String where = place.text("state") + (frame.isEmpty() ? "" : ", in " + frame);
            lines.add("%10s  %s".formatted(place.count("connections"), where));
        }
        return lines;
    }
}
