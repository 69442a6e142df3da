package dev.heddle.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;

/// `heddle top`, which shows the numbers of a running server in a terminal until Ctrl-C.
@Command(
        name = "top",
        description = "Shows the numbers of a running server every second, until Ctrl-C.")
final class TopCommand implements Callable<Integer> {
    /// A server that says nothing for so long counts as lost: it shows life every second.
    private static final Duration SILENCE = Duration.ofSeconds(5);

    private final Invocation invocation;
    private final BooleanSupplier isTerminal;

    @Option(names = "--once", description = "print one picture as plain text, and end")
    private boolean once;

    TopCommand(Invocation invocation) {
        this(invocation, TopCommand::isHere);
    }

    /// @param isTerminal whether the process reads from and writes to a terminal
    TopCommand(Invocation invocation, BooleanSupplier isTerminal) {
        this.invocation = invocation;
        this.isTerminal = isTerminal;
    }

    private static boolean isHere() {
        return Optional.ofNullable(System.console())
                .filter(java.io.Console::isTerminal)
                .isPresent();
    }

    @Override
    public Integer call() throws Complaint, InterruptedException {
        PrintStream out = invocation.console().out();
        OperatorClient server = new OperatorClient(invocation.settings()).within(SILENCE);
        TopWatch watch = new TopWatch(server, SILENCE);
        if (once) {
            Screen.Size size = Screen.sizeHere(invocation.environment());
            List<String> lines = watch.once(Screen.Size.unbounded(size.columns()));
            lines.forEach(out::println);
            return ExitCode.DONE;
        }
        if (!isTerminal.getAsBoolean()) {
            throw Complaint.usage("top needs a terminal; heddle top --once prints one picture");
        }
        try (Screen screen = new Screen(out, () -> Screen.sizeHere(invocation.environment()))) {
            Runtime.getRuntime().addShutdownHook(new Thread(screen::close, "screen"));
            Signals.handle("WINCH", screen::resized);
            watch.show(screen);
        }
        return ExitCode.DONE;
    }
}
