package dev.heddle.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.telemetry.event.Events;

import jdk.jfr.Event;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.ValueDescriptor;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

class TemplateTest {
    private static final Pattern ENABLED = Pattern.compile("(heddle\\.\\w+)#enabled");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Z]\\w+)` \\| ([^|]*) \\|");
    private static final Pattern FIELD = Pattern.compile("`(\\w+)`");
    private static final Path GUIDE = Path.of("..", "ops", "guide", "events.md");
    private static final Set<String> OF_EVERY_EVENT =
            Set.of("startTime", "duration", "eventThread", "stackTrace");

    @Test
    void ourOwnEventsAreInOurSettingsAndNoOthers() throws IOException {
        Set<String> named =
                Template.HEDDLE.settings().keySet().stream()
                        .flatMap(key -> ENABLED.matcher(key).results())
                        .map(match -> match.group(1))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(new TreeSet<>(Events.NAMES), named);
    }

    @Test
    void theJdkKnowsEveryEventThatOurSettingsName() throws IOException {
        Set<String> known =
                FlightRecorder.getFlightRecorder().getEventTypes().stream()
                        .map(EventType::getName)
                        .collect(Collectors.toSet());
        known.addAll(Events.NAMES);
        List<String> unknown =
                Template.HEDDLE.settings().keySet().stream()
                        .map(key -> key.replaceFirst("#.*", ""))
                        .filter(name -> !known.contains(name))
                        .toList();
        assertEquals(List.of(), unknown);
    }

    /// What an idle connection waits in must not be changed, and no flood must push out the rest.
    @ParameterizedTest
    @CsvSource({
        "jdk.SocketRead",
        "jdk.SocketWrite",
        "jdk.ThreadPark",
        "jdk.VirtualThreadStart",
        "jdk.JavaExceptionThrow",
    })
    void whatEachClientCausesIsNotRecorded(String event) throws IOException {
        assertEquals("false", Template.HEDDLE.settings().get(event + "#enabled"));
    }

    @ParameterizedTest
    @EnumSource(Template.class)
    void noSecretIsRecorded(Template template) throws IOException {
        Map<String, String> settings = template.settings();
        assertEquals("false", settings.get("jdk.InitialEnvironmentVariable#enabled"));
        assertEquals("false", settings.get("jdk.InitialSystemProperty#enabled"));
        assertEquals("false", settings.get("jdk.SystemProcess#enabled"));
    }

    @Test
    void theGuideNamesEveryEventAndEachOfItsFields() throws IOException {
        Map<String, Set<String>> documented =
                ROW.matcher(Files.readString(GUIDE))
                        .results()
                        .collect(
                                Collectors.toMap(
                                        row -> "heddle." + row.group(1),
                                        row -> fields(row.group(2))));
        assertEquals(new TreeSet<>(Events.NAMES), new TreeSet<>(documented.keySet()));
        for (Class<? extends Event> event : Events.ALL) {
            EventType type = EventType.getEventType(event);
            Set<String> own =
                    type.getFields().stream()
                            .map(ValueDescriptor::getName)
                            .filter(name -> !OF_EVERY_EVENT.contains(name))
                            .collect(Collectors.toCollection(TreeSet::new));
            Set<String> written = new TreeSet<>(documented.get(type.getName()));
            written.remove("duration"); // which only some of them have
            assertEquals(own, written, type.getName());
        }
    }

    private static Set<String> fields(String cell) {
        return FIELD.matcher(cell)
                .results()
                .map((MatchResult name) -> name.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
