package dev.heddle.checker;

import dev.heddle.checker.Lifeline.Cut;
import dev.heddle.config.Settings;
import dev.heddle.support.TestServer;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/// Runs a trial against a server and judges it.
final class ChannelChecker {
    /// How long nothing may come to any reader until those who lack something are given up.
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final List<Cut> CUTS = List.of(Cut.values());
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

    private final Trial trial;
    private final PrintStream out;
    private final Random random;
    private final List<Writer> writers = new ArrayList<>();
    private final List<Reader> readers = new ArrayList<>();

    /// What a trial has come to.
    record Result(Tally tally, Verdict verdict) {
        boolean isGood() {
            return verdict.isClean() && tally.troubles() == 0;
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder().append(tally).append(verdict);
            text.append("otherwise   ").append(tally.troubles()).append('\n');
            tally.someTroubles()
                    .forEach(trouble -> text.append("    ").append(trouble).append('\n'));
            return text.toString();
        }
    }

    private ChannelChecker(Trial trial, PrintStream out) {
        Plan plan = trial.plan();
        this.trial = trial;
        this.out = out;
        this.random = new Random(plan.seed());
        for (int i = 0; i < plan.writers(); i++) {
            writers.add(new Writer(i, trial));
        }
        for (int i = 0; i < plan.readers(); i++) {
            readers.add(new Reader("r" + i, someChannels(i), trial));
        }
    }

    /// The settings of a server for such a trial.
    static Settings settings(Plan plan) {
        return TestServer.configured(
                Map.of(
                        "HEDDLE_CHANNELS_RULES",
                        "check:* publish=users history=%d history-ttl=1h history-bytes=64MiB"
                                .formatted(plan.history()),
                        "HEDDLE_CHANNELS_HISTORY_BYTES",
                        "256MiB",
                        "HEDDLE_COMMANDS_PER_SECOND",
                        "0",
                        "HEDDLE_COMMANDS_BYTES_PER_SECOND",
                        "0",
                        "HEDDLE_USERS_HEARTBEAT_DEADLINE",
                        "0s"));
    }

    /// Blocks until the trial is over: what the plan says, and some seconds until every reader has
    /// everything.
    static Result check(Trial trial, PrintStream out) throws IOException, InterruptedException {
        out.println("checker: " + trial.plan());
        return new ChannelChecker(trial, out).run();
    }

    private List<String> someChannels(int reader) {
        Plan plan = trial.plan();
        Set<String> some = new LinkedHashSet<>();
        some.add(plan.channel(reader % plan.channels()));
        for (int i = 0; i < 2; i++) {
            some.add(plan.channel(random.nextInt(plan.channels())));
        }
        return List.copyOf(some);
    }

    private Result run() throws IOException, InterruptedException {
        List<Thread> writing = writers.stream().map(Thread::startVirtualThread).toList();
        List<Thread> reading = readers.stream().map(Thread::startVirtualThread).toList();
        disturb();
        trial.endPublishing();
        for (Thread writer : writing) {
            writer.join();
        }
        awaitReaders();
        trial.end();
        for (Thread reader : reading) {
            while (!reader.join(Duration.ofMillis(100))) {
                for (Reader each : readers) {
                    each.line().cut(Cut.RESET);
                }
            }
        }
        return new Result(
                trial.tally(),
                Verdict.of(
                        writers.stream().flatMap(writer -> writer.attempts().stream()).toList(),
                        logs()));
    }

    private List<ReaderLog> logs() {
        return readers.stream().flatMap(reader -> reader.logs().stream()).toList();
    }

    /// Cuts connections and stalls readers for as long as the plan says.
    private void disturb() throws IOException, InterruptedException {
        Plan plan = trial.plan();
        double cuts = plan.clients() * plan.cutsPerMinute() / 6_000.0;
        double stalls = plan.readers() * plan.cutsPerMinute() / 12_000.0;
        double returns = 4 * stalls;
        double all = cuts + stalls + returns;
        long begin = System.nanoTime();
        Duration next = BETWEEN_LINES;
        Duration now = Duration.ZERO;
        while (now.toSeconds() < plan.seconds()) {
            double pause = all == 0 ? 1 : -Math.log(1 - random.nextDouble()) / all;
            Thread.sleep((long) (1_000 * Math.min(pause, 1)));
            if (pause <= 1) { // what comes later may as well be drawn again then
                disturb(random.nextDouble() * all, cuts, stalls);
            }
            now = Duration.ofNanos(System.nanoTime() - begin);
            if (now.compareTo(next) > 0) {
                out.printf("%4d s  %s%n", now.toSeconds(), trial.tally().progress());
                next = now.plus(BETWEEN_LINES);
            }
        }
    }

    private void disturb(double drawn, double cuts, double stalls) throws IOException {
        Reader reader = readers.get(random.nextInt(readers.size()));
        if (drawn < cuts) {
            int victim = random.nextInt(trial.plan().clients());
            Lifeline line =
                    victim < writers.size()
                            ? writers.get(victim).line()
                            : readers.get(victim - writers.size()).line();
            Cut how = CUTS.get(random.nextInt(CUTS.size()));
            if (line.cut(how)) {
                trial.tally().cut(how);
            }
        } else if (drawn < cuts + stalls) {
            reader.stall();
        } else {
            reader.comeAndGo();
        }
    }

    /// Waits until all readers have everything, or nobody gets anything any more.
    private void awaitReaders() throws IOException, InterruptedException {
        Map<String, Long> ends = ends();
        long received = -1;
        long giveUp = 0;
        while (logs().stream().anyMatch(log -> isBehind(log, ends))) {
            if (trial.tally().received.sum() != received) {
                received = trial.tally().received.sum();
                giveUp = System.nanoTime() + PATIENCE.toNanos();
            } else if (System.nanoTime() - giveUp > 0) {
                return;
            }
            Thread.sleep(20);
        }
    }

    private static boolean isBehind(ReaderLog log, Map<String, Long> ends) {
        return log.offset() < ends.getOrDefault(log.channel(), 0L);
    }

    /// The last offsets, as the server says.
    private Map<String, Long> ends() throws IOException {
        Map<String, Long> ends = new HashMap<>();
        try (AccLink link = AccLink.open(trial.port(), new Lifeline(), "judge")) {
            for (String channel :
                    IntStream.range(0, trial.plan().channels())
                            .mapToObj(trial.plan()::channel)
                            .toList()) {
                link.request(
                        "history",
                        AccLink.JSON.createObjectNode().put("channel", channel).put("limit", 0));
                ends.put(channel, AccLink.position(AccLink.data(link.next())).offset());
            }
        }
        return ends;
    }
}
