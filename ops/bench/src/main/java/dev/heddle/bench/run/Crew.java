package dev.heddle.bench.run;

import dev.heddle.bench.run.Message.Command;
import dev.heddle.bench.scenario.Share;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// The workers of a run: one thread of this process, or several processes. Belongs to the thread
/// that runs the bench.
final class Crew implements AutoCloseable {
    private static final long END_SECONDS = 10;

    private record Said(int worker, Message message) {}

    /// How many workers have completed a broadcast, and when the last one did.
    private record Completed(int workers, long nanos) {}

    private final BlockingQueue<Said> inbox = new LinkedBlockingQueue<>();
    private final List<Consumer<Message>> workers = new ArrayList<>();
    private final List<Process> processes = new ArrayList<>();
    private final Consumer<Message.Progress> progress;
    private final List<Message.Report> reports = new ArrayList<>();
    private final Map<Integer, Completed> completions = new HashMap<>();

    /// Starts the workers.
    ///
    /// @param progress told of what workers report meanwhile, on the thread that waits for them
    /// @throws IOException when a process cannot be started
    Crew(Plan plan, long epochNanos, long intervalNanos, Consumer<Message.Progress> progress)
            throws IOException {
        this.progress = progress;
        int count = plan.workers();
        for (int worker = 0; worker < count; worker++) {
            Message.Assignment assignment =
                    new Message.Assignment(
                            plan.scenario(),
                            plan.target(),
                            new Share(worker, count),
                            epochNanos,
                            intervalNanos);
            workers.add(count == 1 ? startThread(assignment) : startProcess(assignment));
        }
    }

    /// Tells all, and does not wait.
    void tell(Command command) {
        workers.forEach(worker -> worker.accept(new Message.Order(command)));
    }

    /// Tells all, and waits until all have done it.
    void tellAndAwait(Command command) throws InterruptedException {
        tell(command);
        await(command);
    }

    /// Waits until all have done it.
    ///
    /// @throws BenchFailure when a worker cannot go on
    void await(Command command) throws InterruptedException {
        int waiting = workers.size();
        while (waiting > 0) {
            if (handle(inbox.take()) instanceof Message.Done(Command done) && done == command) {
                waiting--;
            }
        }
    }

    /// Waits for that time, and hears what the workers say.
    void pause(double seconds) throws InterruptedException {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        for (long rest = end - System.nanoTime(); rest > 0; rest = end - System.nanoTime()) {
            Said said = inbox.poll(rest, TimeUnit.NANOSECONDS);
            if (said != null) {
                handle(said);
            }
        }
    }

    /// Ends all and returns what they have found.
    List<Message.Report> end() throws InterruptedException {
        tell(Command.END);
        while (reports.size() < workers.size()) {
            handle(inbox.take());
        }
        return reports;
    }

    /// Ends all at once, whatever they are doing.
    ///
    /// @return what those have found so far who say it in time
    List<Message.Report> endNow() throws InterruptedException {
        tell(Command.END);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_SECONDS / 2);
        while (reports.size() < workers.size() && System.nanoTime() < end) {
            Said said = inbox.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (said != null && !(said.message instanceof Message.Broken)) {
                handle(said);
            }
        }
        return reports;
    }

    /// Ends processes that are still there.
    @Override
    public void close() {
        tell(Command.STOP);
        tell(Command.END);
        for (Process process : processes) {
            try {
                if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException hurry) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }

    private Message handle(Said said) {
        switch (said.message) {
            case Message.Progress some -> progress.accept(some);
            case Message.Report report -> reports.add(report);
            case Message.Completed completed -> relay(completed);
            case Message.Broken(String why) -> throw new BenchFailure("a worker ended: " + why);
            case Message.Done done -> {}
            case Message.Order _, Message.Assignment _, Message.CompletedByAll _ -> {}
        }
        return said.message;
    }

    /// Tells the first worker, which sends, once all have completed a broadcast.
    private void relay(Message.Completed completed) {
        Completed soFar =
                completions.merge(
                        completed.number(),
                        new Completed(1, completed.nanos()),
                        (one, other) ->
                                new Completed(
                                        one.workers + other.workers,
                                        Math.max(one.nanos, other.nanos)));
        if (soFar.workers == workers.size()) {
            completions.remove(completed.number());
            Message all = new Message.CompletedByAll(completed.number(), soFar.nanos);
            workers.getFirst().accept(all);
        }
    }

    private Consumer<Message> startThread(Message.Assignment assignment) throws IOException {
        Mailbox mailbox = new Mailbox();
        Worker worker = new Worker(assignment, mailbox, said -> inbox.add(new Said(0, said)));
        Thread.ofPlatform()
                .daemon()
                .name("bench-worker")
                .start(() -> inbox.addAll(runAndExplain(worker)));
        return mailbox::add;
    }

    private static List<Said> runAndExplain(Worker worker) {
        try {
            worker.run();
            return List.of();
        } catch (IOException | RuntimeException | Error broken) {
            return List.of(new Said(0, new Message.Broken(broken.toString())));
        }
    }

    private Consumer<Message> startProcess(Message.Assignment assignment) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), WorkerMain.class.getName()));
        Process process =
                new ProcessBuilder(Interruption.withoutCtrlC(command))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        processes.add(process);
        int worker = assignment.share().worker();
        Thread.ofPlatform()
                .daemon()
                .name("bench-worker-" + worker)
                .start(() -> hear(process, worker));
        BufferedWriter writer = process.outputWriter(StandardCharsets.UTF_8);
        Consumer<Message> tell = message -> Wire.write(writer, message);
        tell.accept(assignment);
        return tell;
    }

    private void hear(Process process, int worker) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                inbox.add(new Said(worker, Wire.read(line)));
            }
            inbox.add(new Said(worker, new Message.Broken("its process ended")));
        } catch (IOException cut) {
            inbox.add(new Said(worker, new Message.Broken(cut.toString())));
        }
    }
}
