package dev.heddle.lifecycle;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.support.HeapHistogram;
import dev.heddle.support.Patience;
import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;
import dev.heddle.support.ServerProcess;
import dev.heddle.support.TestTransport;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What an idle connection holds on the heap, with the JVM options of production, right after the
/// start: the budget that ARCHITECTURE accounts for. Objects are counted by a class histogram,
/// which collects first, so the same code gives the same bytes.
@Tag("alone")
class IdleMemoryIT {
    private static final int CONNECTIONS = 4_000;

    /// All objects of a connection but its parked stack, in bytes. Who adds to them on purpose says
    /// so here and in ARCHITECTURE; anything above 5 % is growth that nobody meant.
    private static final int OBJECT_BYTES = TestTransport.isOurs() ? 630 : 970;

    /// What a login adds to that: see "Memory per logged-in user" there.
    private static final int LOGIN_BYTES = 315;

    /// What an idle connection to a route of the gateway may add.
    private static final int GATEWAY_BYTES = 100;

    private static final int USERS_PER_ROOM = 100;

    /// Its parked stack: 264 bytes where the whole path over our own sockets is one compiled frame,
    /// and more where it is several; 2,700 when it is interpreted, as parts of the path over the
    /// JDK's are.
    private static final int MAX_STACK_BYTES = TestTransport.isOurs() ? 320 : 3_000;

    private static final String AS_IN_PRODUCTION =
            "export HEDDLE_WARM_UP=20s HEDDLE_JFR_PINNED_THREADS=false"
                    + " JDK_JAVA_OPTIONS=@../ops/jvm.options;";

    /// What each connection of a crowd holds.
    private record Held(long objects, long stack) {
        static Held between(HeapHistogram before, HeapHistogram after) {
            long stack = (after.stacks() - before.stacks()) / CONNECTIONS;
            return new Held((after.live() - before.live()) / CONNECTIONS - stack, stack);
        }

        void requireObjects(int expected, HeapHistogram histogram) {
            assertTrue(Math.abs(objects - expected) * 20 <= expected, histogram.text());
            assertTrue(stack > 0 && stack < MAX_STACK_BYTES, "stack " + stack);
        }
    }

    private final List<RawClient> connections = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (RawClient connection : connections) {
            connection.close();
        }
    }

    @Test
    void anIdleConnectionKeepsToItsBudgetFromTheStart() throws Exception {
        try (ServerProcess server = new ServerProcess(AS_IN_PRODUCTION)) {
            open(server, CONNECTIONS / 4); // what is loaded and pooled once and for all
            HeapHistogram before = HeapHistogram.of(server.process());
            open(server, CONNECTIONS);
            HeapHistogram after = HeapHistogram.of(server.process());
            Held held = Held.between(before, after);
            System.out.println("An idle connection: " + held);
            held.requireObjects(OBJECT_BYTES, after);
        }
    }

    @Test
    void anIdleConnectionThatMayCompressHoldsNothingMore() throws Exception {
        String settings = AS_IN_PRODUCTION + "export HEDDLE_WS_DEFLATE=true;";
        try (ServerProcess server = new ServerProcess(settings)) {
            openCompressed(server, CONNECTIONS / 4);
            HeapHistogram before = HeapHistogram.of(server.process());
            openCompressed(server, CONNECTIONS);
            HeapHistogram after = HeapHistogram.of(server.process());
            Held held = Held.between(before, after);
            System.out.println("An idle connection that may compress: " + held);
            held.requireObjects(OBJECT_BYTES, after);
        }
    }

    private void openCompressed(ServerProcess server, int count) throws IOException {
        String extension = "permessage-deflate; client_max_window_bits";
        for (int i = 0; i < count; i++) {
            connections.add(RawClient.open(server.port(), "/ws", extension, extension + "=12"));
        }
    }

    private void open(ServerProcess server, int count) throws IOException {
        openAt(server, "/ws", count);
    }

    /// Those of a route have a place among those that services reach, and none in the hub.
    @Test
    void anIdleConnectionOfTheGatewayCostsAHundredBytesMoreAtMost() throws Exception {
        String route =
                AS_IN_PRODUCTION
                        + "export HEDDLE_GATEWAY_ORDERS_TO=http://127.0.0.1:9/"
                        + " HEDDLE_GATEWAY_ORDERS_EVENTS=message;";
        try (ServerProcess server = new ServerProcess(route)) {
            openAt(server, "/orders", CONNECTIONS / 4);
            HeapHistogram before = HeapHistogram.of(server.process());
            openAt(server, "/orders", CONNECTIONS);
            HeapHistogram after = HeapHistogram.of(server.process());
            Held held = Held.between(before, after);
            System.out.println("An idle connection of the gateway: " + held);
            assertTrue(held.objects() <= OBJECT_BYTES + GATEWAY_BYTES, after.text());
        }
    }

    private void openAt(ServerProcess server, String path, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            connections.add(RawClient.open(server.port(), path));
        }
    }

    /// In rooms of a hundred, so that entering is not announced to thousands who do not read.
    @Test
    void aLoggedInUserKeepsToItsBudget() throws Exception {
        String rooms =
                IntStream.rangeClosed(1, CONNECTIONS * 5 / 4 / USERS_PER_ROOM)
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining(","));
        String settings =
                "export HEDDLE_DEADLINES_PING_INTERVAL=3s HEDDLE_DEADLINES_PONG=2m HEDDLE_ROOMS="
                        + rooms
                        + ";";
        try (ServerProcess server = new ServerProcess(AS_IN_PRODUCTION + settings)) {
            logIn(server, CONNECTIONS / 4);
            HeapHistogram before = HeapHistogram.of(server.process());
            logIn(server, CONNECTIONS);
            HeapHistogram after = HeapHistogram.of(server.process());
            Held held = Held.between(before, after);
            System.out.println("A logged-in user: " + held);
            held.requireObjects(OBJECT_BYTES + LOGIN_BYTES, after);
        }
    }

    /// Logs in users and lets each rest, so that what its login left on its thread is gone.
    private void logIn(ServerProcess server, int count) throws IOException {
        int first = connections.size();
        for (int i = first; i < first + count; i++) {
            RawClient client = RawClient.open(server.port(), "/acc").readWithin(Patience.BOUND);
            connections.add(client);
            client.send(
                    RawFrame.text(
                            "{\"cmd\":\"login\",\"data\":{\"appID\":%d,\"userID\":\"user-%d\"}}"
                                    .formatted(1 + i / USERS_PER_ROOM, 100_000 + i)));
        }
        for (RawClient client : connections.subList(first, first + count)) {
            while (client.readFrame().opcode() != RawFrame.PING) {
                // the reply, and who has entered
            }
            client.send(RawFrame.of(RawFrame.PONG));
        }
    }
}
