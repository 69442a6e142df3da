package dev.heddle.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.config.Settings;
import dev.heddle.endpoint.Endpoint;
import dev.heddle.endpoint.Message;
import dev.heddle.endpoint.Session;
import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;
import dev.heddle.support.Soon;
import dev.heddle.telemetry.Inspection.Place;
import dev.heddle.telemetry.Inspection.Where;
import dev.heddle.telemetry.Traffic;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// Where connections are, with a handler that a test holds up.
class InspectorTest {
    private final CountDownLatch gate = new CountDownLatch(1);
    private final List<RawClient> clients = new ArrayList<>();
    private HandTurnedServer server;

    private final class SlowEndpoint implements Endpoint {
        @Override
        public void opened(Session session) {}

        @Override
        public void message(Session session, Message message) {
            save();
        }

        private void save() {
            try {
                gate.await();
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        }

        @Override
        public void closed(Session session) {}
    }

    @BeforeEach
    void start() throws IOException {
        server = new HandTurnedServer(new SlowEndpoint(), Settings.defaults().deadlines());
        for (int i = 0; i < 12; i++) {
            clients.add(RawClient.open(server.port(), "/"));
        }
        server.awaitAtRest();
    }

    @AfterEach
    void stop() throws Exception {
        gate.countDown();
        for (RawClient client : clients) {
            client.close();
        }
        server.awaitNothingLeft();
        server.close();
    }

    private List<Place> places() {
        return server.inspector().where().places();
    }

    @Test
    void countsThoseThatWaitForAFrameWithoutLookingAtTheirStacks() {
        Where where = server.inspector().where();
        assertEquals(List.of(new Place("waiting for a frame", "", 12)), where.places());
        assertEquals(12, where.connections());
        assertEquals(0, where.sampled());
        assertTrue(where.nanos() > 0);
    }

    @Test
    void namesTheHandlerThatHoldsSomeUp() throws IOException {
        for (RawClient client : clients.subList(0, 3)) {
            client.send(RawFrame.text("x"));
        }
        Place slow = new Place("handling a message", "InspectorTest$SlowEndpoint.save", 3);
        Soon.untilAsserted(
                () ->
                        assertEquals(
                                List.of(new Place("waiting for a frame", "", 9), slow), places()));
        Traffic held =
                server.inspector().connections().stream()
                        .filter(each -> each.state().equals("handling a message"))
                        .findFirst()
                        .orElseThrow();
        assertEquals(1, held.messagesIn());
        assertEquals("/", held.path());
        assertEquals(
                Optional.of(held.id()), server.inspector().connection(held.id()).map(Traffic::id));
        StackTraceElement[] stack = server.inspector().stack(held.id()).orElseThrow();
        assertTrue(
                Arrays.stream(stack).anyMatch(frame -> frame.getMethodName().equals("save")),
                () -> Arrays.toString(stack));
    }

    @Test
    void aConnectionThatIsGoneIsNowhere() throws IOException {
        long id = server.inspector().connections().getFirst().id();
        for (RawClient client : clients) {
            client.close();
        }
        Soon.until(() -> server.inspector().where().connections() == 0);
        assertEquals(Optional.empty(), server.inspector().connection(id));
        assertEquals(Optional.empty(), server.inspector().stack(id));
    }

    @Test
    void aFrameThatSaysWhatIsDoneIsPreferredToWhatCarriesBytes() {
        assertEquals(
                "MessageLoop.receive",
                frame("java.lang.Thread.run", "dev.heddle.net.MessageLoop.receive"));
        assertEquals(
                "Rooms.sendAll",
                frame(
                        "java.lang.Object.wait",
                        "dev.heddle.outbox.Outbox.awaitRoom",
                        "dev.heddle.user.Rooms.sendAll",
                        "dev.heddle.net.MessageLoop.receive"));
        assertEquals("", frame("java.lang.Thread.run"));
    }

    @Test
    void theMethodOfAProgramThatHandlesAMessageIsSaidByItsName() {
        assertEquals(
                "Chat.message",
                frame(
                        "java.lang.Thread.sleep",
                        "org.example.driver.Pool.take",
                        "org.example.Chat.message",
                        "dev.heddle.session.EndpointSession.message",
                        "dev.heddle.net.MessageLoop.receive"));
        assertEquals(
                "Fanout.publish",
                frame(
                        "java.lang.Object.wait",
                        "dev.heddle.hub.Fanout.publish",
                        "org.example.Chat.message",
                        "dev.heddle.session.EndpointSession.message"));
    }

    private static String frame(String... frames) {
        return Inspector.frame(
                Arrays.stream(frames)
                        .map(
                                frame -> {
                                    int dot = frame.lastIndexOf('.');
                                    return new StackTraceElement(
                                            frame.substring(0, dot),
                                            frame.substring(dot + 1),
                                            "",
                                            1);
                                })
                        .toArray(StackTraceElement[]::new));
    }
}
