package dev.heddle;

import dev.heddle.config.Configuration;
import dev.heddle.config.Configuration.Reading;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

import java.io.PrintStream;
import java.util.Map;

/// The command line. What the operator has to mend is one line each on the error stream, never a
/// stack trace; the exit code says whose turn it is.
public final class Main {
    static final int DONE = 0;
    static final int CANNOT_SERVE = 1;
    static final int WRONG_USAGE = 2;

    private Main() {}

    /// Runs the command and ends the process.
    public static void main(String[] args) {
        System.exit(run(args, System.getenv(), System.out, System.err));
    }

    /// Runs the command and returns the exit code. Blocks as long as the server serves.
    static int run(
            String[] args, Map<String, String> environment, PrintStream out, PrintStream err) {
        CommandLine commandLine = Syntax.commandLine();
        try {
            ParseResult parsed = commandLine.parseArgs(args);
            if (parsed.isUsageHelpRequested()) {
                commandLine.usage(out);
                return DONE;
            }
            if (parsed.isVersionHelpRequested()) {
                commandLine.printVersionHelp(out);
                return DONE;
            }
            return run(Options.of(parsed), environment, out, err);
        } catch (ParameterException wrong) {
            err.println("heddle: " + Options.explain(wrong));
            return WRONG_USAGE;
        }
    }

    private static int run(
            Options options, Map<String, String> environment, PrintStream out, PrintStream err) {
        return switch (Configuration.read(options.file(), environment, options.flags())) {
            case Reading.Faulty(var faults) -> {
                faults.forEach(err::println);
                yield WRONG_USAGE;
            }
            case Reading.Good(var configuration) ->
                    switch (options.command()) {
                        case CONFIG -> {
                            configuration.lines().forEach(out::println);
                            yield DONE;
                        }
                        case REHEARSE -> new Serving(out, err).rehearse();
                        case SERVE -> new Serving(out, err).serve(configuration.settings());
                    };
        };
    }
}
