package dev.heddle.checker;

import dev.heddle.Heddle;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.PrintStream;
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
public final class CheckChannels implements Callable<Integer> {
    private final PrintStream out;

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

    private CheckChannels(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] arguments) {
        System.exit(run(System.out, arguments));
    }

    /// Blocks until a trial is over, and says what it came to.
    ///
    /// @return the exit code: 0 if nothing is wrong
    public static int run(PrintStream out, String... arguments) {
        return new CommandLine(new CheckChannels(out)).execute(arguments);
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

    private int check(Trial trial) throws IOException, InterruptedException {
        ChannelChecker.Result result = ChannelChecker.check(trial, out);
        out.print(result);
        return result.isGood() ? 0 : 1;
    }
}
