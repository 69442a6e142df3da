package dev.heddle.bench.cli;

import dev.heddle.bench.scenario.Scenario;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.concurrent.Callable;

/// `heddle bench broadcast`.
@Command(
        name = "broadcast",
        mixinStandardHelpOptions = true,
        description = "Has all connections receive what one of them sends.")
final class BroadcastCommand implements Callable<Integer> {
    /// How messages get to the server.
    enum Via {
        WS,
        HTTP
    }

    @Mixin private Common common = new Common();

    @Option(
            names = {"-n", "--connections"},
            description = "how many receive (${DEFAULT-VALUE})")
    private int connections = 1000;

    @Option(
            names = {"-m", "--messages"},
            description = "how many are sent (${DEFAULT-VALUE})")
    private int messages = 100;

    @Option(
            names = {"-r", "--rate"},
            description = "how many per second; by default as fast as the window allows")
    private double rate;

    @Option(
            names = {"-w", "--window"},
            description =
                    "messages on the way to a receiver, at most; 0 for any (${DEFAULT-VALUE})")
    private int window = 10;

    @Option(
            names = {"-b", "--bytes"},
            description = "length of a message, at least 16 (${DEFAULT-VALUE})")
    private int bytes = 100;

    @Option(
            names = "--via",
            description =
                    "ws: one more connection sends; http: requests have the server send"
                            + " (${DEFAULT-VALUE})")
    private Via via = Via.WS;

    @Option(names = "--http-path", description = "path of the requests (${DEFAULT-VALUE})")
    private String httpPath = "/benchmark";

    @Option(
            names = {"-c", "--http-connections"},
            description = "requests at once (${DEFAULT-VALUE})")
    private int httpConnections = 10;

    @Option(
            names = "--stall",
            description = "seconds without a delivery after which to give up (${DEFAULT-VALUE})")
    private double stall = 10;

    @Option(names = "--timeout", description = "seconds after which to give up (${DEFAULT-VALUE})")
    private double timeout = 600;

    @Override
    public Integer call() throws InterruptedException {
        return common.run(
                () ->
                        new Scenario.Broadcast(
                                connections,
                                common.inFlight,
                                messages,
                                rate,
                                window,
                                bytes,
                                via == Via.HTTP ? httpPath : "",
                                httpConnections,
                                stall,
                                timeout));
    }
}
