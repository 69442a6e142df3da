package dev.heddle.bench.run;

import dev.heddle.bench.engine.Loop;
import dev.heddle.bench.engine.Tally;
import dev.heddle.bench.result.Encoding;
import dev.heddle.bench.run.Message.Command;
import dev.heddle.bench.scenario.Job;
import dev.heddle.bench.scenario.Recorder;
import dev.heddle.bench.scenario.Site;

import org.HdrHistogram.Histogram;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Does one share of a scenario, as it is told. Runs on one thread, [#run].
final class Worker {
    private static final long IDLE_NANOS = 50_000_000;

    private final Message.Assignment assignment;
    private final Mailbox in;
    private final Consumer<Message> out;
    private final Tally tally = new Tally();
    private final Recorder recorder = new Recorder();
    private final ClientCpu cpu = new ClientCpu();
    private final Loop loop;
    private final Job job;
    private long interval;
    private boolean isMeasured;
    private boolean isEnded;

    Worker(Message.Assignment assignment, Mailbox in, Consumer<Message> out) throws IOException {
        this.assignment = assignment;
        this.in = in;
        this.out = out;
        this.loop =
                new Loop(assignment.target(), assignment.scenario().longestMessageBytes(), tally);
        Site site = new Site(loop, tally, recorder, assignment.share(), this::completed);
        this.job = assignment.scenario().job(site);
        this.interval = interval(System.nanoTime());
        in.onArrival(loop::wakeUp);
    }

    /// Works until it is told to end. Blocks.
    void run() throws IOException {
        try (loop) {
            while (!isEnded) {
                obey(await());
            }
            out.accept(report());
        }
    }

    private Command await() throws IOException {
        while (true) {
            Message message = in.poll();
            if (message instanceof Message.Order(Command command)) {
                return command;
            }
            if (message == null) {
                turn(IDLE_NANOS);
            } else {
                handle(message);
            }
        }
    }

    private void obey(Command command) throws IOException {
        switch (command) {
            case READY -> {}
            case CONNECT -> connect();
            case BEGIN -> work();
            case CLOSE -> job.close(System.nanoTime());
            case END -> isEnded = true;
            case MEASURE, STOP -> {
                return;
            }
        }
        if (!isEnded) {
            out.accept(new Message.Done(command));
        }
    }

    private void connect() throws IOException {
        cpu.start();
        job.connect(System.nanoTime());
        do {
            turn(job.dial(System.nanoTime()));
            hear();
        } while (!isEnded && !job.isConnected());
        cpu.stop("connect");
    }

    private void work() throws IOException {
        cpu.start();
        isMeasured = false;
        job.begin(System.nanoTime());
        while (!isEnded && !job.isDone(System.nanoTime())) {
            turn(job.work(System.nanoTime()));
            hear();
        }
        if (!isMeasured) {
            cpu.stop("work");
        }
        if (!isEnded) { // or what is still on its way would count as lost
            job.finish();
        }
    }

    private void hear() {
        for (Message message = in.poll(); message != null; message = in.poll()) {
            handle(message);
        }
    }

    private void handle(Message message) {
        long now = System.nanoTime();
        if (message instanceof Message.CompletedByAll(int number, long nanos)) {
            job.completedByAll(number, nanos);
        } else if (message instanceof Message.Order(Command command)) {
            if (command == Command.MEASURE) {
                cpu.start();
                job.measure(now);
            } else if (command == Command.STOP) {
                cpu.stop("work");
                isMeasured = true;
                job.stop(now);
            } else if (command == Command.END) {
                isEnded = true;
            }
        }
    }

    private void turn(long nanos) throws IOException {
        loop.turn(nanos);
        long current = interval(System.nanoTime());
        if (current != interval) {
            Histogram recent = recorder.recent();
            String times = recent.getTotalCount() == 0 ? "" : Encoding.encode(recent);
            out.accept(new Message.Progress(interval, job.open(), recorder.recentOps(), times));
            recorder.forgetRecent();
            interval = current;
        }
    }

    private long interval(long now) {
        return (now - assignment.epochNanos()) / assignment.intervalNanos();
    }

    private void completed(int number, long nanos) {
        if (assignment.share().isWhole()) {
            job.completedByAll(number, nanos);
        } else {
            out.accept(new Message.Completed(number, nanos));
        }
    }

    private Message.Report report() {
        recorder.forgetRecent();
        Map<String, String> histograms = new TreeMap<>();
        recorder.histograms()
                .forEach((name, histogram) -> histograms.put(name, Encoding.encode(histogram)));
        return new Message.Report(
                tally.asMap(),
                recorder.earliest(),
                recorder.latest(),
                cpu.nanos(),
                histograms,
                job.failures());
    }
}
