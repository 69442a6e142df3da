package dev.heddle.bench.cli;

import dev.heddle.bench.scenario.Scenario;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.concurrent.Callable;

/// `heddle bench churn`.
@Command(
        name = "churn",
        mixinStandardHelpOptions = true,
        description = "Opens connections at a rate and closes each at once.")
final class ChurnCommand implements Callable<Integer> {
    @Mixin private Common common = new Common();

    @Option(
            names = {"-r", "--rate"},
            description = "connections per second (${DEFAULT-VALUE})")
    private double rate = 500;

    @Option(
            names = {"-t", "--time"},
            description = "seconds (${DEFAULT-VALUE})")
    private double time = 10;

    @Option(
            names = "--close-wait",
            description = "seconds the server may take to end the last (${DEFAULT-VALUE})")
    private double closeWait = 5;

    @Override
    public Integer call() throws InterruptedException {
        return common.run(() -> new Scenario.Churn(common.inFlight, rate, time, closeWait));
    }
}
