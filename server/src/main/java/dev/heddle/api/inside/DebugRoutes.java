package dev.heddle.api.inside;

import dev.heddle.api.http.Answer;
import dev.heddle.api.http.Call;
import dev.heddle.api.http.Handler;
import dev.heddle.api.http.Parameters;
import dev.heddle.api.http.ProblemType;
import dev.heddle.api.http.Refusal;
import dev.heddle.api.http.Route;
import dev.heddle.control.Callees;
import dev.heddle.json.Json;
import dev.heddle.telemetry.Inspection;
import dev.heddle.telemetry.Inspection.Place;
import dev.heddle.telemetry.Inspection.Where;
import dev.heddle.telemetry.Metrics;
import dev.heddle.telemetry.Traffic;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.function.ToDoubleFunction;

/// `/debug`: what the server is doing now, for people who look for a cause.
///
/// Asking costs the server something, which the guide states; nobody but the caller waits for it,
/// but for the heap. A costly request is a `POST`, which no link and no image can send.
final class DebugRoutes {
    private static final int MAX_PAGE = 1_000;
    private static final long RATE_MILLIS = 1_000;
    private static final long LIVE_MILLIS = 1_000;

    private final Inspection inspection;
    private final Metrics metrics;
    private final Callees callees;
    private final Semaphore dumping = new Semaphore(1);

    DebugRoutes(Insight insight) {
        this.inspection = insight.inspection();
        this.metrics = insight.metrics();
        this.callees = insight.callees();
    }

    private record Found(int connections, int sampled, double millis, List<Place> places) {}

    /// @param rate messages per second both ways, since the connection was opened, or over the last
    ///   second where that is what was sorted by
    private record Row(Traffic connection, double rate) {}

    private record Rows(int connections, int offset, List<Row> rows) {}

    private record Stack(long id, String state, List<String> frames) {}

    List<Route> routes() {
        return List.of(
                Route.get("/debug/where", aside(this::where)),
                Route.get("/debug/connections", aside(this::connections)),
                Route.get("/debug/connections/{id}", this::connection),
                Route.get("/debug/connections/{id}/stack", this::stack),
                Route.post("/debug/threads", this::threads),
                Route.post("/debug/heap", new Ration().of(aside(this::heap))),
                Route.get("/debug/live", this::live).watched());
    }

    /// Runs a long computation on a platform thread: on a carrier it would stand in the way of the
    /// connections that this one carries.
    private static Handler aside(Handler handler) {
        return call -> {
            FutureTask<Answer> task = new FutureTask<>(() -> handler.answer(call));
            try {
                Thread.ofPlatform().daemon().name("heddle-debug").start(task);
            } catch (OutOfMemoryError none) { // the system gives no more threads
                throw new Refusal(ProblemType.TOO_MANY, "there are too many threads");
            }
            try {
                return task.get();
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                throw new IOException("the server stops", stopping);
            } catch (ExecutionException failed) {
                switch (failed.getCause()) {
                    case Refusal refusal -> throw refusal;
                    case IOException broken -> throw broken;
                    case Error error -> throw error;
                    case null, default -> throw new IllegalStateException(failed.getCause());
                }
            }
        };
    }

    private Answer where(Call call) {
        Where where = inspection.where();
        return Answer.json(
                new Found(
                        where.connections(), where.sampled(), where.nanos() / 1e6, where.places()));
    }

    private Answer connections(Call call) throws Refusal, IOException {
        Parameters query = call.query("limit", "offset", "sort", "state");
        int limit = query.number("limit", 100, MAX_PAGE);
        int offset = query.number("offset", 0, Integer.MAX_VALUE);
        String sort = query.find("sort").orElse("outbox");
        ToDoubleFunction<Row> key = key(sort);
        Map<Long, Long> before = sort.equals("rate") ? messages() : Map.of();
        if (sort.equals("rate")) {
            pause(RATE_MILLIS);
        }
        Optional<String> state = query.find("state");
        List<Row> rows =
                inspection.connections().stream()
                        .filter(each -> state.isEmpty() || state.get().equals(each.state()))
                        .map(connection -> new Row(connection, rate(connection, before)))
                        .sorted(
                                Comparator.comparingDouble(key)
                                        .reversed()
                                        .thenComparingLong(row -> row.connection().id()))
                        .toList();
        return Answer.json(
                new Rows(rows.size(), offset, rows.stream().skip(offset).limit(limit).toList()));
    }

    private static ToDoubleFunction<Row> key(String sort) throws Refusal {
        return switch (sort) {
            case "outbox" -> row -> row.connection().outboxBytes();
            case "peak" -> row -> row.connection().peakOutboxBytes();
            case "age" -> row -> row.connection().ageMillis();
            case "rate" -> Row::rate;
            case "bytes" -> row -> row.connection().bytesIn() + row.connection().bytesOut();
            default -> throw Refusal.badRequest("sort is one of outbox, peak, age, rate, bytes");
        };
    }

    private Map<Long, Long> messages() {
        Map<Long, Long> messages = new HashMap<>();
        inspection
                .connections()
                .forEach(each -> messages.put(each.id(), each.messagesIn() + each.messagesOut()));
        return messages;
    }

    private static double rate(Traffic connection, Map<Long, Long> before) {
        long messages = connection.messagesIn() + connection.messagesOut();
        Long earlier = before.get(connection.id());
        double millis = earlier == null ? Math.max(1, connection.ageMillis()) : RATE_MILLIS;
        return (messages - (earlier == null ? 0 : earlier)) * 1_000 / millis;
    }

    private Answer connection(Call call) throws Refusal {
        return Answer.json(inspection.connection(id(call)).orElseThrow(DebugRoutes::gone));
    }

    private Answer stack(Call call) throws Refusal {
        long id = id(call);
        Traffic connection = inspection.connection(id).orElseThrow(DebugRoutes::gone);
        StackTraceElement[] frames = inspection.stack(id).orElse(new StackTraceElement[0]);
        return Answer.json(
                new Stack(
                        id,
                        connection.state(),
                        Arrays.stream(frames).map(StackTraceElement::toString).toList()));
    }

    private Answer threads(Call call) throws Refusal {
        if (!dumping.tryAcquire()) {
            throw new Refusal(
                    ProblemType.TOO_MANY,
                    "another caller looks at all threads now",
                    Map.of("Retry-After", "10"));
        }
        return Answer.stream(
                "application/json",
                new Answer.Writer() {
                    @Override
                    public void writeTo(OutputStream out) throws IOException {
                        ThreadDump.write(inspection, out);
                    }

                    @Override
                    public void close() {
                        dumping.release();
                    }
                });
    }

    private Answer heap(Call call) throws Refusal, IOException {
        boolean isLive = Boolean.parseBoolean(call.query("live").find("live").orElse("false"));
        return Answer.json(HeapHistogram.take(isLive, inspection.connections().size()));
    }

    /// All metrics every second, as server-sent events, for the dashboard. Their ids are the time
    /// in milliseconds, by which rates can be computed.
    private Answer live(Call call) {
        return Answer.stream(
                "text/event-stream",
                out -> {
                    while (true) {
                        String head = "id: " + System.currentTimeMillis() + "\ndata: ";
                        out.write(head.getBytes(StandardCharsets.UTF_8));
                        out.write(Json.write(metrics.values()));
                        out.write("\n\n".getBytes(StandardCharsets.UTF_8));
                        out.flush();
                        pause(LIVE_MILLIS);
                    }
                });
    }

    private static void pause(long millis) throws IOException {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IOException("the server stops", stopping);
        }
    }

    private long id(Call call) throws Refusal {
        return callees.id(call.variable("id")).orElseThrow(DebugRoutes::gone);
    }

    private static Refusal gone() {
        return new Refusal(ProblemType.CONNECTION_GONE, "ids are never used again");
    }
}
