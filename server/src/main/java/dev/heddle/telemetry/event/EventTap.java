package dev.heddle.telemetry.event;

import jdk.jfr.Event;
import jdk.jfr.Name;
import jdk.jfr.Timespan;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/// Tells of Heddle's events within the process as they are emitted, beside JFR: a stream of JFR
/// needs files, and ends the JVM when it cannot have them.
///
/// **Thread-safe.** Costs a look at a field while nobody listens.
public final class EventTap {
    private static final List<BiConsumer<String, Map<String, Object>>> LISTENERS =
            new CopyOnWriteArrayList<>();
    private static volatile boolean isOpen;

    private EventTap() {}

    /// Starts to tell a listener of events.
    ///
    /// @param listener gets an event's name and its fields, in their order: `time` first, as in RFC
    ///   3339, and all lengths of time in milliseconds; called on the thread on which it happened,
    ///   so it must be quick
    public static synchronized void open(BiConsumer<String, Map<String, Object>> listener) {
        LISTENERS.add(listener);
        isOpen = true;
    }

    /// Tells that one no more.
    public static synchronized void close(BiConsumer<String, Map<String, Object>> listener) {
        LISTENERS.remove(listener);
        isOpen = !LISTENERS.isEmpty();
    }

    /// Whether somebody is told.
    static boolean isOpen() {
        return isOpen;
    }

    /// Records what has no length in time, and tells of it.
    static void emit(Event event) {
        emit(event, 0);
    }

    /// Records what has ended now, and tells of it.
    ///
    /// @param nanos how long it took; 0 for what has no length
    static void emit(Event event, long nanos) {
        event.commit();
        if (isOpen) {
            tell(event, nanos);
        }
    }

    private static void tell(Event event, long nanos) {
        String name = event.getClass().getAnnotation(Name.class).value();
        Map<String, Object> fields = fields(event, nanos);
        LISTENERS.forEach(listener -> listener.accept(name, fields));
    }

    private static Map<String, Object> fields(Event event, long nanos) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("time", Instant.now().minusNanos(nanos).toString());
        if (nanos > 0) {
            fields.put("duration", nanos / 1e6);
        }
        for (Field field : event.getClass().getDeclaredFields()) {
            if ((field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0
                    && !field.isSynthetic()) {
                fields.put(field.getName(), value(event, field));
            }
        }
        return fields;
    }

    private static Object value(Event event, Field field) {
        try {
            Object value = field.get(event);
            Timespan span = field.getAnnotation(Timespan.class);
            if (span != null && value instanceof Long length) {
                return span.value().equals(Timespan.NANOSECONDS) ? length / 1e6 : (double) length;
            }
            return value == null ? "" : value;
        } catch (IllegalAccessException impossible) { // it is this package's
            throw new IllegalStateException(impossible);
        }
    }
}
