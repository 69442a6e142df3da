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
import dev.heddle.recording.BackgroundRecording;

import picocli.CommandLine.Help.Ansi;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Says how many connections a server would hold here, and what would have to change for more.
///
/// @param out where that goes
/// @param columns how wide a line may be, as the environment has it
record DoctorCommand(PrintStream out, String columns) {
    /// Whom the lines to change are for when nobody says how many are wanted.
    private static final long USUAL_GOAL = 1_000_000;

    /// Enough for everything to be open that the rehearsal of a server leaves open.
    private static final int REHEARSED = 16;

    /// Examines and tells; blocks for about a second.
    ///
    /// @param file where the settings are written
    int examine(Settings settings, Optional<Path> file, DoctorOptions options) {
        long descriptors = descriptors(settings);
        Patient patient =
                new Patient(
                        new Machine(options.root()),
                        Jvm.ofThisProcess(),
                        settings,
                        file,
                        descriptors,
                        options.connections().orElse(USUAL_GOAL));
        Diagnosis diagnosis = Diagnosis.of(patient);
        boolean isAsked = options.connections().isPresent();
        if (options.json()) {
            out.println(JsonReport.of(diagnosis, isAsked));
        } else {
            Paper paper = Paper.of(columns, out.charset(), Ansi.AUTO.enabled());
            Report.lines(title(), diagnosis, isAsked, paper).forEach(out::println);
        }
        return !isAsked || diagnosis.isGoalMet() ? Main.DONE : Main.CANNOT_SERVE;
    }

    /// The descriptors in use when a server counts those that are left: it records and has
    /// rehearsed by then.
    private static long descriptors(Settings settings) {
        Optional<BackgroundRecording> ring = record(settings.jfr());
        try {
            rehearse(settings);
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
                Rehearsal.play(REHEARSED, Duration.ofSeconds(1));
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
