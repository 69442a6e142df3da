package dev.heddle.bench.suite;

import dev.heddle.bench.launch.Installation;
import dev.heddle.bench.launch.ServerProcess;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/// Runs the programs that rows need: in each round first on the floor, then on Heddle, each time in
/// a fresh process. Belongs to the thread that calls [#run].
final class Suite {
    private final Installation installation;
    private final int port;
    private final Consumer<String> progress;

    /// @param port where the servers listen; the next one is used too
    /// @param progress told what is being done
    Suite(Installation installation, int port, Consumer<String> progress) {
        this.installation = installation;
        this.port = port;
        this.progress = progress;
    }

    /// Measures. Blocks until all is done.
    ///
    /// @return rounds of each program, in the order in which they ran
    List<Round> run(Set<Row> rows, int rounds) throws InterruptedException {
        Set<Program> programs = EnumSet.noneOf(Program.class);
        rows.forEach(row -> programs.add(row.program));
        // Until this JVM has compiled itself it would compete with the first server for the cores.
        progress.accept("warming up the client");
        measure(Program.ECHO, installation.startFloor(port));
        List<Round> done = new ArrayList<>();
        for (int number = 1; number <= rounds; number++) {
            for (Program program : programs) {
                String phase =
                        "round %d of %d, %s"
                                .formatted(number, rounds, program.name().toLowerCase(Locale.ROOT));
                progress.accept(phase + ": floor");
                Measurement floor = measure(program, installation.startFloor(port));
                progress.accept(phase + ": Heddle");
                Measurement heddle = measure(program, installation.startHeddle(port));
                done.add(new Round(program, floor, heddle));
            }
        }
        return done;
    }

    private Measurement measure(Program program, ServerProcess server) throws InterruptedException {
        var measurement = new Measurement();
        try (var subject = new Subject(server)) {
            program.run(subject, measurement);
        }
        return measurement;
    }

    /// One program of one round.
    record Round(Program program, Measurement floor, Measurement heddle) {}
}
