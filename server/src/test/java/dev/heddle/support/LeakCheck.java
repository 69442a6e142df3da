package dev.heddle.support;

import dev.heddle.Heddle;

import org.awaitility.Awaitility;
import org.awaitility.pollinterval.IterativePollInterval;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Whether a server has let go of everything that connections cost: sockets, leased buffers and
/// threads, virtual ones too.
///
/// A thread is left over when it did not exist as this was made, and has code of ours on its stack.
/// So make it when the server is up and nobody is connected.
public final class LeakCheck {
    private static final String AT = "\n    at ";
    private static final String OURS = AT + "dev.heddle.";
    private static final String ITSELF = AT + LeakCheck.class.getName() + ".";

    /// A connection to the internal port that rests between two requests is its client's to end.
    private static final String RESTING =
            AT
                    + "dev.heddle.http.HeadReader.awaitStart:\\d+"
                    + AT
                    + "dev.heddle.api.http.Caller.run:";

    private static final Predicate<String> IS_RESTING = Pattern.compile(RESTING).asPredicate();

    private static final Duration MIN_PAUSE = Duration.ofMillis(2);
    private static final Duration MAX_PAUSE = Duration.ofMillis(100);

    private final Heddle server;
    private final Duration bound;
    private final Map<Long, String> threadsBefore;

    public LeakCheck(Heddle server) {
        this(server, Patience.BOUND);
    }

    LeakCheck(Heddle server, Duration bound) {
        this.server = server;
        this.bound = bound;
        this.threadsBefore = threads();
    }

    /// Blocks until nothing is left; an `AssertionError` with what still is in the end. All clients
    /// must be closed.
    public void awaitNothingLeft() {
        Awaitility.await("nothing left over")
                .pollInSameThread()
                .atMost(bound)
                .pollDelay(Duration.ZERO)
                .pollInterval(IterativePollInterval.iterative(LeakCheck::longer, MIN_PAUSE))
                .untilAsserted(this::requireNothingLeft);
    }

    /// Looking at every stack is not for nothing, so what takes its time is looked at less often.
    private static Duration longer(Duration pause) {
        return pause.compareTo(MAX_PAUSE) < 0 ? pause.multipliedBy(2) : pause;
    }

    private void requireNothingLeft() {
        if (server.connections() != 0 || server.leasedBuffers() != 0) {
            throw new AssertionError(
                    "%d connections and %d leased buffers are left over"
                            .formatted(server.connections(), server.leasedBuffers()));
        }
        Map<Long, String> left = threads();
        left.keySet().removeAll(threadsBefore.keySet());
        left.values().removeIf(stack -> !stack.contains(OURS) || stack.contains(ITSELF));
        left.values().removeIf(IS_RESTING);
        if (!left.isEmpty()) {
            throw new AssertionError("threads are left over:\n" + String.join("\n", left.values()));
        }
    }

    /// Every thread of this process by its number, with name and stack.
    ///
    /// Each thread is asked by itself. The JDK's dump of all threads has crashed the JVM (25.0.3).
    private static Map<Long, String> threads() {
        Map<Long, String> threads = new TreeMap<>();
        Stream.concat(Thread.getAllStackTraces().keySet().stream(), VirtualThreads.all())
                .forEach(thread -> threads.put(thread.threadId(), text(thread)));
        return threads;
    }

    private static String text(Thread thread) {
        StringBuilder text = new StringBuilder(thread.toString());
        for (StackTraceElement frame : thread.getStackTrace()) {
            text.append(AT).append(frame.getClassName()).append('.').append(frame.getMethodName());
            text.append(':').append(frame.getLineNumber());
        }
        return text.toString();
    }
}
