package dev.heddle.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;

/// `heddle jfr`, which has a server record itself and prints the name of the file that it has
/// written.
@Command(name = "jfr", description = "Records what a running server does, and writes it to a file.")
final class JfrCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            converter = Converters.Seconds.class,
            description = "how long to record (default ${DEFAULT-VALUE})")
    private int seconds = 30;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "the new file (default heddle-TIME.jfr)")
    private Optional<Path> output = Optional.empty();

    JfrCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws Complaint, InterruptedException {
        OperatorClient server = new OperatorClient(invocation.settings());
        Path file = output.orElseGet(JfrCommand::named);
        if (Files.exists(file)) {
            throw Complaint.cannot(file + " already exists");
        }
        try (InputStream recording = server.post("/debug/jfr?seconds=" + seconds)) {
            copy(recording, file);
            invocation.console().out().println(file);
            return ExitCode.DONE;
        } catch (FileAlreadyExistsException taken) {
            throw Complaint.cannot(file + " already exists");
        } catch (IOException broken) {
            throw Complaint.cannotWrite(file, broken);
        }
    }

    private static Path named() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        return Path.of("heddle-" + now.toString().replaceAll("[-:]", "") + ".jfr");
    }

    private static void copy(InputStream recording, Path file) throws IOException {
        try {
            Files.copy(recording, file);
        } catch (FileAlreadyExistsException ofSomebodyElse) {
            throw ofSomebodyElse;
        } catch (IOException broken) {
            Files.deleteIfExists(file);
            throw broken;
        }
    }
}
