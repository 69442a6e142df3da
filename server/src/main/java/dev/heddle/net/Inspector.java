package dev.heddle.net;

import dev.heddle.session.ClientSession;
import dev.heddle.session.EndpointSession;
import dev.heddle.telemetry.Inspection;
import dev.heddle.telemetry.Traffic;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Looks at the connections that the wheel knows: all of them. **Thread-safe.** It holds the
/// wheel's lock for as long as it takes to copy a list, and looks at stacks without it: the thread
/// that it looks at stops for some microseconds. [#where()] looks only at those whose threads do
/// not wait for their peers.
public final class Inspector implements Inspection {
    /// Stacks that are looked at, at most.
    private static final int MAX_SAMPLE = 500;

    private static final String OURS = "dev.heddle.";

    /// Methods that only carry a message to where it is handled, or wait there.
    private static final List<String> PASSED_OVER =
            List.of(
                    Connection.class.getName(),
                    ServedConnection.class.getName(),
                    HttpLoop.class.getName(),
                    Upgrade.class.getName(),
                    MessageLoop.class.getName(),
                    OURS + "outbox.");

    /// The class that calls an endpoint which a program has brought.
    private static final String CALLER = EndpointSession.class.getName();

    private final Acceptor acceptor;

    /// @param acceptor whose connections they are
    public Inspector(Acceptor acceptor) {
        this.acceptor = acceptor;
    }

    @Override
    public List<Traffic> connections() {
        List<Traffic> all = new ArrayList<>();
        for (Connection connection : all()) {
            Traffic traffic = connection.traffic();
            if (traffic != null) {
                all.add(traffic);
            }
        }
        return all;
    }

    @Override
    public Optional<Traffic> connection(long id) {
        return find(id).map(Connection::traffic);
    }

    @Override
    public Optional<StackTraceElement[]> stack(long id) {
        return find(id).map(Connection::thread)
                .map(Thread::getStackTrace)
                .filter(stack -> stack.length > 0);
    }

    @Override
    public void visitStacks(StackVisitor visitor) throws IOException {
        for (Connection connection : all()) {
            Traffic traffic = connection.traffic();
            if (traffic != null) {
                visitor.visit(traffic, stack(connection));
            }
        }
    }

    @Override
    public Where where() {
        long began = System.nanoTime();
        Map<Place, Integer> counts = new HashMap<>();
        List<Connection> all = all();
        List<Connection> busy = new ArrayList<>();
        all.forEach(connection -> count(connection, counts, busy));
        Collections.shuffle(busy);
        List<Connection> sample = busy.subList(0, Math.min(MAX_SAMPLE, busy.size()));
        Map<Place, Integer> seen = new HashMap<>();
        for (Connection connection : sample) {
            seen.merge(place(connection), 1, Integer::sum);
        }
        seen.forEach(
                (place, count) -> {
                    int estimated = (int) ((long) count * busy.size() / sample.size());
                    counts.merge(place, estimated, Integer::sum);
                });
        List<Place> places = new ArrayList<>();
        counts.forEach(
                (place, count) -> places.add(new Place(place.state(), place.frame(), count)));
        places.sort((a, b) -> Integer.compare(b.connections(), a.connections()));
        return new Where(all.size(), sample.size(), System.nanoTime() - began, places);
    }

    /// Counts a connection that waits for its client or a service; any other one is busy.
    private static void count(
            Connection connection, Map<Place, Integer> counts, List<Connection> busy) {
        Phase phase = connection.phase();
        String service = service(connection);
        if (service != null) {
            counts.merge(new Place("waiting for " + service, "", 0), 1, Integer::sum);
        } else if (isWaiting(phase)) {
            counts.merge(new Place(phase.words, "", 0), 1, Integer::sum);
        } else {
            busy.add(connection);
        }
    }

    /// The service whose answer a connection waits for; `null` if it waits for none.
    private static @Nullable String service(Connection connection) {
        ClientSession session = connection.session();
        return session == null ? null : session.waitsFor();
    }

    /// Where a connection is that did something a moment ago, without a number.
    private static Place place(Connection connection) {
        StackTraceElement[] stack = stack(connection);
        Phase phase = connection.phase();
        return new Place(phase.words, isWaiting(phase) ? "" : frame(stack), 0);
    }

    private static StackTraceElement[] stack(Connection connection) {
        Thread thread = connection.thread();
        return thread == null ? new StackTraceElement[0] : thread.getStackTrace();
    }

    /// Whether the phase says it all: the thread waits for its peer.
    private static boolean isWaiting(Phase phase) {
        return switch (phase) {
            case PROXY_HEADER, TLS, HEAD, AT_REST, LINGERING -> true;
            case RESPONDING, IN_MESSAGE, HANDLING -> false;
        };
    }

    /// The innermost frame that says what is being done: of ours or of what ours has called to
    /// handle a message, and not of those that carry bytes unless there is no other.
    static String frame(StackTraceElement[] stack) {
        StackTraceElement carrier = null;
        StackTraceElement foreign = null;
        for (StackTraceElement frame : stack) {
            if (foreign != null && frame.getClassName().equals(CALLER)) {
                return name(foreign);
            }
            foreign = isForeign(frame) ? frame : null;
            if (frame.getClassName().startsWith(OURS)) {
                if (PASSED_OVER.stream().noneMatch(frame.getClassName()::startsWith)) {
                    return name(frame);
                }
                carrier = carrier == null ? frame : carrier;
            }
        }
        return carrier == null ? "" : name(carrier);
    }

    /// Whether it is a program's code: neither ours nor the JDK's.
    private static boolean isForeign(StackTraceElement frame) {
        String name = frame.getClassName();
        return Stream.of(OURS, "java.", "jdk.", "sun.").noneMatch(name::startsWith);
    }

    private static String name(StackTraceElement frame) {
        String type = frame.getClassName();
        return type.substring(type.lastIndexOf('.') + 1) + "." + frame.getMethodName();
    }

    private Optional<Connection> find(long id) {
        return all().stream().filter(connection -> connection.id() == id).findFirst();
    }

    private List<Connection> all() {
        List<Connection> all = new ArrayList<>();
        acceptor.forEachConnection(all::add);
        return all;
    }
}
