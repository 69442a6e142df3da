package dev.heddle.checker;

import dev.heddle.Heddle;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;

/// The checker by hand. `CONTRIBUTING.md` says how.
@Command(
        name = "check-channels",
        description =
                "Cuts connections while messages are published, and says what was lost,"
                        + " duplicated, reordered or never sent. Exit code 1 if anything was.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class CheckChannels implements Callable<Integer> {
    @Option(names = "--seconds", defaultValue = "600", description = "how long")
    private int seconds;

    @Option(names = "--clients", defaultValue = "200", description = "a quarter of them writes")
    private int clients;

    @Option(names = "--channels", defaultValue = "20", description = "how many")
    private int channels;

    @Option(names = "--cut", defaultValue = "20", description = "%% of connections per minute")
    private int cut;

    @Option(names = "--rate", defaultValue = "400", description = "messages per second in all")
    private int rate;

    @Option(names = "--history", defaultValue = "5000", description = "of each channel")
    private int history;

    @Option(names = "--seed", description = "of what is drawn; a new one if not given")
    private Optional<Long> seed = Optional.empty();

    @Option(names = "--port", description = "of a server that runs here, and not one of its own")
    private Optional<Integer> port = Optional.empty();

    @Option(names = "--internal-port", defaultValue = "8081", description = "of that server")
    private int internalPort;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new CheckChannels()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Plan plan =
                new Plan(
                        seconds,
                        clients,
                        channels,
                        cut,
                        rate,
                        history,
                        seed.orElseGet(() -> new Random().nextLong(1_000_000)));
        if (port.isPresent()) {
            return check(new Trial(plan, port.get(), internalPort));
        }
        try (Heddle server = Heddle.start(ChannelChecker.settings(plan))) {
            return check(new Trial(plan, server.port(), server.internalPort()));
        }
    }

    private static int check(Trial trial) throws IOException, InterruptedException {
        ChannelChecker.Result result = ChannelChecker.check(trial, System.out);
        System.out.print(result);
        return result.isGood() ? 0 : 1;
    }
}
