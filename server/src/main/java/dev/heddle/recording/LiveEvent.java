package dev.heddle.recording;

import jdk.jfr.Timespan;
import jdk.jfr.ValueDescriptor;
import jdk.jfr.consumer.RecordedEvent;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// An event as somebody far away sees it.
///
/// @param name without `heddle.`
/// @param fields by name, in the order of the event's class: `time` first, as in RFC 3339, and all
///   lengths of time in milliseconds
public record LiveEvent(String name, Map<String, Object> fields) {
    static final String PREFIX = "heddle.";
    private static final Set<String> ABOUT_RECORDING =
            Set.of("startTime", "eventThread", "stackTrace");

    static LiveEvent of(RecordedEvent event) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("time", event.getStartTime().toString());
        for (ValueDescriptor field : event.getFields()) {
            String name = field.getName();
            boolean isPoint = name.equals("duration") && event.getDuration().isZero();
            if (!ABOUT_RECORDING.contains(name) && !isPoint) {
                fields.put(name, value(event, field));
            }
        }
        return new LiveEvent(event.getEventType().getName().substring(PREFIX.length()), fields);
    }

    private static Object value(RecordedEvent event, ValueDescriptor field) {
        String name = field.getName();
        boolean isTime = name.equals("duration") || field.getAnnotation(Timespan.class) != null;
        Object value = isTime ? event.getDuration(name).toNanos() / 1e6 : event.getValue(name);
        return value == null ? "" : value;
    }
}
