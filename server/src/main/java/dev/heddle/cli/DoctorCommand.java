package dev.heddle.cli;

import dev.heddle.Heddle;
import dev.heddle.Rehearsal;
import dev.heddle.config.JfrSettings;
import dev.heddle.config.Settings;
import dev.heddle.doctor.Diagnosis;
import dev.heddle.doctor.JsonReport;
import dev.heddle.doctor.Jvm;
import dev.heddle.doctor.Machine;
import dev.heddle.doctor.Paper;
import dev.heddle.doctor.Patient;
import dev.heddle.doctor.Report;
import dev.heddle.net.Descriptors;
import dev.heddle.net.transport.Sockets;
import dev.heddle.recording.BackgroundRecording;

import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;

/// `heddle doctor`, which says how many connections a server would hold here, and what would have
/// to change for more. Takes about a second.
@Command(
        name = "doctor",
        description = "Says how many connections this machine holds, and what limits them.")
final class DoctorCommand implements Callable<Integer> {
    /// Whom the lines to change are for when nobody says how many are wanted.
    private static final long USUAL_GOAL = 1_000_000;

    /// Enough for everything to be open that the rehearsal of a server leaves open.
    private static final int REHEARSED = 16;

    private final Invocation invocation;

    @Option(
            names = "--connections",
            paramLabel = "N",
            converter = Converters.Goal.class,
            description = "how many connections to hold; exit code 1 if it cannot")
    private Optional<Long> goal = Optional.empty();

    @Option(names = "--json", description = "answer in JSON")
    private boolean json;

    @Option(
            names = "--root",
            paramLabel = "FOLDER",
            description = "read proc and sys in this folder, as of another machine")
    private Path root = Machine.HERE;

    DoctorCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws Complaint {
        PrintStream out = invocation.console().out();
        Diagnosis diagnosis = Diagnosis.of(patient(invocation.settings()));
        boolean isAsked = goal.isPresent();
        if (json) {
            out.println(JsonReport.of(diagnosis, isAsked));
        } else {
            String columns = invocation.environment().getOrDefault("COLUMNS", "");
            Paper paper = Paper.of(columns, out.charset(), Ansi.AUTO.enabled());
            Report.lines(title(), diagnosis, isAsked, paper).forEach(out::println);
        }
        return diagnosis.isFit() && (!isAsked || diagnosis.isGoalMet())
                ? ExitCode.DONE
                : ExitCode.CANNOT_SERVE;
    }

    private Patient patient(Settings settings) throws Complaint {
        return new Patient(
                new Machine(root),
                Jvm.ofThisProcess(),
                settings,
                invocation.options().file(),
                descriptors(settings),
                goal.orElse(USUAL_GOAL));
    }

    /// The descriptors in use when a server counts those that are left: it records, has rehearsed
    /// and knows its sockets by then.
    private static long descriptors(Settings settings) {
        Optional<BackgroundRecording> ring = record(settings.jfr());
        try {
            rehearse(settings);
            var _ = Sockets.choose(settings.net());
            return Descriptors.open();
        } finally {
            ring.ifPresent(BackgroundRecording::close);
        }
    }

    private static Optional<BackgroundRecording> record(JfrSettings settings) {
        try {
            return BackgroundRecording.start(settings);
        } catch (IOException impossible) {
            return Optional.empty(); // It is impossible for the server too, which goes on as well.
        }
    }

    private static void rehearse(Settings settings) {
        if (settings.server().warmUp().isPositive()) {
            try {
                Rehearsal.play(settings.net(), REHEARSED, Duration.ofSeconds(1));
            } catch (IOException impossible) {
                // It is impossible for the server too, which then goes on without, as this does.
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static String title() {
        return "Heddle %s on %s %s, Java %s"
                .formatted(
                        Heddle.version(),
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        Runtime.version());
    }
}
