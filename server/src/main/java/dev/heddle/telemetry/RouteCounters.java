package dev.heddle.telemetry;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ObjLongConsumer;

/// The results of the events of one route of the gateway. **Thread-safe, never blocks.**
public final class RouteCounters {
    private final String route;
    private final Map<Label, LongAdder> events = new ConcurrentHashMap<>();

    /// Attempts beyond the first one of each event.
    public final LongAdder repeated = new LongAdder();

    /// The labels by which events are counted.
    ///
    /// @param type of an event: `message`
    /// @param result what became of it, one of a few fixed texts
    public record Label(String type, String result) {}

    public RouteCounters(String route) {
        this.route = route;
    }

    /// The route's name.
    public String route() {
        return route;
    }

    /// Shows a result that is known before the first of it is counted, as 0.
    public void expect(String type, String result) {
        events.putIfAbsent(new Label(type, result), new LongAdder());
    }

    /// Counts an event.
    public void event(String type, String result) {
        events.computeIfAbsent(new Label(type, result), _ -> new LongAdder()).increment();
    }

    /// How many events of that type had that result.
    public long events(String type, String result) {
        LongAdder counter = events.get(new Label(type, result));
        return counter == null ? 0 : counter.sum();
    }

    /// Shows how many events there were of each label.
    public void forEach(ObjLongConsumer<Label> visitor) {
        events.forEach((label, counter) -> visitor.accept(label, counter.sum()));
    }
}
