package dev.heddle.bench.suite;

import dev.heddle.bench.launch.Installation;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// Runs the programs that rows need, in each round with fresh processes of the floor and of Heddle:
/// each program first on the one, then at once on the other, so that both meet the same machine.
/// Belongs to the thread that calls [#run].
final class Suite {
    private static final int PORTS_OF_FLOOR = 1;

    /// What gets processes of its own.
    enum Fresh {
        /// Each round: rows of the table come one after the other to servers that have already
        /// served the rows before. Only what measures memory or growth is apart.
        ROUND,
        /// Each row, even if that measures the JVM's compiler more than the server.
        ROW
    }

    private final Installation installation;
    private final int port;
    private final Fresh fresh;
    private final Consumer<String> progress;

    /// @param port where the servers listen: this one and the next two
    /// @param progress told what is being done
    Suite(Installation installation, int port, Fresh fresh, Consumer<String> progress) {
        this.installation = installation;
        this.port = port;
        this.fresh = fresh;
        this.progress = progress;
    }

    /// Measures. Blocks until all is done.
    ///
    /// @param done gets each round of each program as soon as it is measured
    void run(Set<Row> rows, int rounds, Consumer<Round> done) throws InterruptedException {
        Set<Program> programs = EnumSet.noneOf(Program.class);
        rows.forEach(row -> programs.add(row.program));
        // Until this JVM has compiled itself it would compete with the first server for the cores.
        progress.accept("warming up the client");
        try (Subject floor = new Subject(installation.startFloor(port))) {
            measure(Program.ECHO, floor);
        }
        for (int number = 1; number <= rounds; number++) {
            String round = "round %d of %d".formatted(number, rounds);
            for (List<Program> together : groups(programs)) {
                run(together, round, done);
            }
        }
    }

    private void run(List<Program> programs, String round, Consumer<Round> done)
            throws InterruptedException {
        try (Subject floor = new Subject(installation.startFloor(port));
                Subject heddle = new Subject(installation.startHeddle(port + PORTS_OF_FLOOR))) {
            for (Program program : programs) {
                String phase = round + ", " + program.name().toLowerCase(Locale.ROOT);
                progress.accept(phase + ": floor");
                Measurement bare = measure(program, floor);
                progress.accept(phase + ": Heddle");
                done.accept(new Round(program, bare, measure(program, heddle)));
            }
        }
    }

    /// Programs that share their processes.
    private Iterable<List<Program>> groups(Set<Program> programs) {
        Map<Object, List<Program>> groups = new LinkedHashMap<>();
        for (Program program : programs) {
            Object group = fresh == Fresh.ROW || program.isApart() ? program : Fresh.ROUND;
            groups.computeIfAbsent(group, _ -> new ArrayList<>()).add(program);
        }
        return groups.values();
    }

    private static Measurement measure(Program program, Subject subject)
            throws InterruptedException {
        var measurement = new Measurement();
        program.run(subject, measurement);
        return measurement;
    }

    /// One program of one round.
    record Round(Program program, Measurement floor, Measurement heddle) {}
}
