package dev.heddle.bench.cli;

import dev.heddle.bench.scenario.Scenario;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.concurrent.Callable;

/// `heddle bench echo`.
@Command(
        name = "echo",
        mixinStandardHelpOptions = true,
        description = "Sends messages and waits for them to come back.")
final class EchoCommand implements Callable<Integer> {
    @Mixin private Common common = new Common();

    @Option(
            names = {"-n", "--connections"},
            description = "how many (${DEFAULT-VALUE})")
    private int connections = 100;

    @Option(
            names = {"-d", "--depth"},
            description =
                    "messages that each has on the way, unless there is a rate (${DEFAULT-VALUE})")
    private int depth = 1;

    @Option(
            names = {"-b", "--bytes"},
            description = "length of a message, at least 16 (${DEFAULT-VALUE})")
    private int bytes = 125;

    @Option(names = "--warmup", description = "seconds that do not count (${DEFAULT-VALUE})")
    private double warmup = 2;

    @Option(
            names = {"-t", "--time"},
            description = "seconds that count (${DEFAULT-VALUE})")
    private double time = 5;

    @Option(
            names = {"-r", "--rate"},
            description = "messages sent per second, by all, whatever comes back")
    private double rate;

    @Override
    public Integer call() throws InterruptedException {
        return common.run(
                () ->
                        new Scenario.Echo(
                                connections, common.inFlight, depth, bytes, warmup, time, rate));
    }
}
