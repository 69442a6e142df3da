package dev.heddle.cli;

import com.fasterxml.jackson.databind.JsonNode;

import picocli.CommandLine.Command;

import java.io.PrintStream;
import java.util.concurrent.Callable;

/// `heddle where`, which prints how many connections are where, the most first.
@Command(
        name = "where",
        description = "Counts a running server's connections by what they wait for or run.")
final class WhereCommand implements Callable<Integer> {
    private final Invocation invocation;

    WhereCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws Complaint, InterruptedException {
        PrintStream out = invocation.console().out();
        JsonNode answer = new OperatorClient(invocation.settings()).json("/debug/where");
        for (JsonNode each : answer.path("places")) {
            Row place = new Row(each);
            String frame = place.text("frame");
            String where = place.text("state") + (frame.isEmpty() ? "" : ", in " + frame);
            out.println("%10s  %s".formatted(place.count("connections"), where));
        }
        Row all = new Row(answer);
        out.println(
                "%10s  connections; %s stacks looked at, in %.1f ms"
                        .formatted(
                                all.count("connections"),
                                all.count("sampled"),
                                answer.path("millis").asDouble()));
        return ExitCode.DONE;
    }
}
