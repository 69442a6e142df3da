package dev.heddle.support;

import dev.heddle.telemetry.event.EventTap;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/// The events of one type that happen in this process, from now until this is closed.
public final class TappedEvents implements AutoCloseable {
    private final List<Map<String, Object>> all = new CopyOnWriteArrayList<>();
    private final BiConsumer<String, Map<String, Object>> tap;

    /// @param type such as `heddle.NodeDied`
    public TappedEvents(String type) {
        tap =
                (name, fields) -> {
                    if (name.equals(type)) {
                        all.add(fields);
                    }
                };
        EventTap.open(tap);
    }

    /// The fields of each event so far.
    public List<Map<String, Object>> all() {
        return List.copyOf(all);
    }

    @Override
    public void close() {
        EventTap.close(tap);
    }
}
