package dev.heddle.bench.cli;

import dev.heddle.bench.scenario.Scenario;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.concurrent.Callable;

/// `heddle bench connect`.
@Command(
        name = "connect",
        mixinStandardHelpOptions = true,
        description = "Opens connections, holds them, closes them; several times.")
final class ConnectCommand implements Callable<Integer> {
    @Mixin private Common common = new Common();

    @Option(
            names = {"-n", "--connections"},
            description = "how many are open at once (${DEFAULT-VALUE})")
    private int connections = 1000;

    @Option(names = "--waves", description = "how often (${DEFAULT-VALUE})")
    private int waves = 1;

    @Option(names = "--hold", description = "seconds that all stay open (${DEFAULT-VALUE})")
    private double hold;

    @Option(
            names = "--close-wait",
            description = "seconds the server may take to end them (${DEFAULT-VALUE})")
    private double closeWait = 5;

    @Override
    public Integer call() throws InterruptedException {
        return common.run(
                () -> new Scenario.Connect(connections, common.inFlight, waves, hold, closeWait));
    }
}
