package dev.heddle.support;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Tasks that run at the same time, each on a thread of its own, and must all end well. The threads
/// are platform threads, so that a busy task takes no carrier from the server in the same process.
public final class Crew implements AutoCloseable {
    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory());
    private final List<Future<?>> tasks = new CopyOnWriteArrayList<>();

    /// What one thread does.
    @FunctionalInterface
    public interface Task {
        void run() throws Exception;
    }

    /// Starts a task.
    public void start(Task task) {
        tasks.add(
                threads.submit(
                        () -> {
                            task.run();
                            return null;
                        }));
    }

    /// Waits until all tasks have ended.
    ///
    /// @throws AssertionError when one has failed, the others suppressed, or is not done in time
    public void join(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        AssertionError failure =
                new AssertionError("what was going on at the same time has failed");
        for (Future<?> task : tasks) {
            try {
                task.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (ExecutionException | TimeoutException failed) {
                failure.addSuppressed(failed.getCause() == null ? failed : failed.getCause());
            }
        }
        tasks.clear();
        if (failure.getSuppressed().length > 0) {
            throw failure;
        }
    }

    /// Interrupts what still goes on, and waits for its end.
    ///
    /// @throws AssertionError when something still goes on after [Patience#BOUND]: a read from a
    ///   socket does not end by an interrupt
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            boolean hasEnded =
                    threads.awaitTermination(Patience.BOUND.toMillis(), TimeUnit.MILLISECONDS);
            assertTrue(hasEnded, "a task still goes on");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
