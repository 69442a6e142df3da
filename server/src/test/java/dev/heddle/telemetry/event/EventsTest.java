package dev.heddle.telemetry.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.Heddle;
import dev.heddle.support.AccClient;
import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;
import dev.heddle.support.Soon;
import dev.heddle.support.TestServer;

import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.SettingDescriptor;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Events that are rare, from what real clients do.
class EventsTest {
    private static final Duration SHORT = Duration.ofMillis(1);

    @TempDir private Path folder;

    /// What clients do to a server.
    private interface Doing {
        void to(Heddle server) throws IOException;
    }

    /// The events of a name that come of it, whatever they took.
    private List<RecordedEvent> eventsOf(String name, Map<String, String> settings, Doing doing)
            throws IOException {
        Path file = folder.resolve("events.jfr");
        try (Recording recording = new Recording();
                Heddle server = Heddle.start(TestServer.configured(settings))) {
            recording.enable(name).withoutThreshold();
            recording.start();
            doing.to(server);
            Soon.until(() -> server.connections() == 0);
            recording.stop();
            recording.dump(file);
        }
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals(name))
                .toList();
    }

    @Test
    void aBreachOfTheProtocolSaysWhichAndWhose() throws IOException {
        RecordedEvent event =
                eventsOf(
                                "heddle.ProtocolViolation",
                                Map.of(),
                                server -> {
                                    try (RawClient client = RawClient.open(server.port(), "/ws")) {
                                        client.send(RawFrame.text("not masked").unmasked());
                                        client.expectClose(1002);
                                    }
                                })
                        .getFirst();
        assertEquals(1002, event.getInt("code"));
        assertTrue(event.getLong("connection") > 0, event::toString);
        assertTrue(event.getString("rule").contains("mask"), event::toString);
    }

    @Test
    void aCommandSaysWhoseItWasAndHowItEnded() throws IOException {
        RecordedEvent event =
                eventsOf(
                                "heddle.CommandHandled",
                                Map.of(),
                                server -> AccClient.login(server.port(), 101, "ann").close())
                        .getFirst();
        assertEquals("login", event.getString("command"));
        assertEquals("ann", event.getString("user"));
        assertEquals(200, event.getInt("code"));
        assertTrue(event.getDuration().isPositive(), event::toString);
    }

    @Test
    void aCommandIsAnEventFromTenMillisecondsOn() {
        Events.register();
        EventType type =
                FlightRecorder.getFlightRecorder().getEventTypes().stream()
                        .filter(each -> each.getName().equals("heddle.CommandHandled"))
                        .findFirst()
                        .orElseThrow();
        assertEquals(
                "10 ms",
                type.getSettingDescriptors().stream()
                        .filter(setting -> setting.getName().equals("threshold"))
                        .map(SettingDescriptor::getDefaultValue)
                        .findFirst()
                        .orElseThrow());
    }

    @Test
    void aRefusedPageSaysWhichSettingWouldLetItIn() throws IOException {
        RecordedEvent event =
                eventsOf(
                                "heddle.HandshakeRejected",
                                Map.of(),
                                server -> {
                                    try (RawClient client = RawClient.connect(server.port())) {
                                        List<String> headers =
                                                new ArrayList<>(client.upgradeHeaders());
                                        headers.add("Origin: https://chat.example");
                                        client.send(RawClient.request("GET /ws HTTP/1.1", headers));
                                        client.readToEnd();
                                    }
                                })
                        .getFirst();
        assertEquals(403, event.getInt("status"));
        assertEquals("origin not allowed", event.getString("reason"));
        assertEquals("allow-origin: \"https://chat.example\"", event.getString("remedy"));
    }

    /// The second who does not say what it wants is not accepted until the first is no news.
    @Test
    void aTimeWithoutAcceptSaysHowLongAndWhy() throws IOException {
        List<RecordedEvent> events =
                eventsOf(
                        "heddle.AcceptPaused",
                        Map.of("HEDDLE_LIMITS_HANDSHAKES", "1"),
                        server -> {
                            try (RawClient _ = RawClient.connect(server.port());
                                    RawClient _ = RawClient.connect(server.port())) {
                                Soon.until(() -> server.counters().accepted.sum() == 2);
                            }
                        });
        assertTrue(
                events.stream()
                        .filter(event -> event.getString("reason").equals("heads"))
                        .anyMatch(event -> event.getDuration().compareTo(SHORT) > 0),
                events::toString);
    }
}
