package dev.heddle.bench.cli;

import dev.heddle.bench.scenario.Scenario;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.concurrent.Callable;

/// `heddle bench storm`.
@Command(
        name = "storm",
        mixinStandardHelpOptions = true,
        description = {
            "Has all connections drop at once and come back, while bystanders go on.",
            "A refused connection comes again when the server says, or after about a second."
        })
final class StormCommand implements Callable<Integer> {
    @Mixin private Common common = new Common();

    @Option(
            names = {"-n", "--connections"},
            description = "how many drop (${DEFAULT-VALUE})")
    private int connections = 1000;

    @Option(names = "--within", description = "seconds in which they come back (${DEFAULT-VALUE})")
    private double within = 1;

    @Option(names = "--bystanders", description = "how many stay (${DEFAULT-VALUE})")
    private int bystanders = 20;

    @Option(
            names = "--ping-rate",
            description = "pings per second, from all bystanders (${DEFAULT-VALUE})")
    private double pingRate = 100;

    @Option(
            names = "--baseline",
            description = "seconds of calm before the storm (${DEFAULT-VALUE})")
    private double baseline = 3;

    @Option(names = "--timeout", description = "seconds after which to give up (${DEFAULT-VALUE})")
    private double timeout = 60;

    @Override
    public Integer call() throws InterruptedException {
        return common.run(
                () ->
                        new Scenario.Storm(
                                connections,
                                common.inFlight,
                                within,
                                bystanders,
                                pingRate,
                                baseline,
                                timeout));
    }
}
