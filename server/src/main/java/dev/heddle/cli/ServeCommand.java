package dev.heddle.cli;

import dev.heddle.config.LogLevel;
import dev.heddle.config.Settings;

import picocli.CommandLine.Command;

import java.util.Locale;
import java.util.concurrent.Callable;

/// `heddle serve`.
@Command(
        name = "serve",
        description = "Serves until Ctrl-C or SIGTERM. This is what heddle does without a command.")
final class ServeCommand implements Callable<Integer> {
    private static final String LEVEL = "org.slf4j.simpleLogger.defaultLogLevel";

    private final Invocation invocation;

    ServeCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws Complaint {
        Settings settings = invocation.settings();
        setLevel(settings.log().level());
        return new Serving(invocation.console()).serve(settings);
    }

    /// Sets the level before the first logger is made, which reads it. An option of the JVM itself
    /// wins.
    private static void setLevel(LogLevel level) {
        if (System.getProperty(LEVEL) == null) {
            System.setProperty(LEVEL, level.name().toLowerCase(Locale.ROOT));
        }
    }
}
