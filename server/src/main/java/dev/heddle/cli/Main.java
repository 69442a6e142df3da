package dev.heddle.cli;

import dev.heddle.config.Configuration;
import dev.heddle.config.Configuration.Reading;
import dev.heddle.config.Settings;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

import java.io.InputStream;
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
        System.exit(run(args, System.getenv(), System.in, System.out, System.err));
    }

    /// Runs the command and returns the exit code. Blocks as long as the server serves.
    static int run(
            String[] args,
            Map<String, String> environment,
            InputStream in,
            PrintStream out,
            PrintStream err) {
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
            Options options = Options.of(parsed);
            TokenCommand token = new TokenCommand(in, out, err);
            DoctorCommand doctor = new DoctorCommand(out, environment.getOrDefault("COLUMNS", ""));
            return switch (Configuration.read(options.file(), environment, options.flags())) {
                case Reading.Good(var configuration) -> run(options, configuration, token, doctor);
                case Reading.Faulty(var faults) -> {
                    faults.forEach(err::println);
                    yield WRONG_USAGE;
                }
            };
        } catch (ParameterException wrong) {
            err.println("heddle: " + Options.explain(wrong));
            return WRONG_USAGE;
        }
    }

    private static int run(
            Options options,
            Configuration configuration,
            TokenCommand token,
            DoctorCommand doctor) {
        Settings settings = configuration.settings();
        WatchCommand watch = new WatchCommand(token.out(), token.err());
        InspectCommand inspect = new InspectCommand(token.out(), token.err());
        Serving serving = new Serving(token.out(), token.err());
        return switch (options.command()) {
            case CONFIG -> {
                configuration.lines().forEach(token.out()::println);
                yield DONE;
            }
            case CONNS -> inspect.conns(settings, options.watch());
            case DOCTOR -> doctor.examine(settings, options.file(), options.doctor());
            case JFR -> watch.record(settings, options.watch());
            case TAIL -> watch.tail(settings, options.watch());
            case REHEARSE -> serving.rehearse();
            case SERVE -> serving.serve(settings);
            case TOKEN -> token.make(settings.token(), options.token());
            case TOKEN_CHECK -> token.check(settings.token(), options.token());
            case WHERE -> inspect.where(settings);
        };
    }
}
