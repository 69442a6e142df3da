package dev.heddle.support;

import dev.heddle.telemetry.event.EventTap;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/// The events of one type that happen in this process, from now until this is closed.
public final class TappedEvents implements AutoCloseable {
    private final List<Map<String, Object>> events = new CopyOnWriteArrayList<>();
    private final BiConsumer<String, Map<String, Object>> tap;

    /// @param type such as `heddle.NodeDied`
    public TappedEvents(String type) {
        tap =
                (name, fields) -> {
                    if (name.equals(type)) {
                        events.add(fields);
                    }
                };
        EventTap.open(tap);
    }

    /// What each event so far has in a field.
    ///
    /// @param field such as `node`, or `duration` in milliseconds
    public List<Object> values(String field) {
        return events.stream().map(event -> event.get(field)).toList();
    }

    @Override
    public void close() {
        EventTap.close(tap);
    }
}
