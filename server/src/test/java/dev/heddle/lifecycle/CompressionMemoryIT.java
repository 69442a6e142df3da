package dev.heddle.lifecycle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.heddle.support.Deflated;
import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;
import dev.heddle.support.ServerProcess;
import dev.heddle.support.SmallInflater;
import dev.heddle.support.Soon;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// What clients that compress cost a server's process, on the heap and beside it. The heap takes
/// all that it may from the start, so whatever else grows is not on it.
@Tag("alone")
class CompressionMemoryIT {
    private static final String P = "permessage-deflate";
    private static final String SETTINGS =
            "export HEDDLE_ECHO_DEFLATE=true HEDDLE_DIAGNOSTICS=true"
                    + " HEDDLE_ECHO_MESSAGE_BYTES=4MiB HEDDLE_ECHO_UNFINISHED_BYTES=4MiB"
                    + " JDK_JAVA_OPTIONS='-Xms192m -Xmx192m -XX:+AlwaysPreTouch"
                    + " -XX:TrimNativeHeapInterval=2000';";

    private static final int MIB = 1 << 20;
    private static final int BOMBERS = 16;
    private static final int BOMB_MIB = 256;

    private static final int ROUNDS = 20;
    private static final int SESSIONS_IN_A_ROUND = 500;

    /// All of the process that is in memory.
    private static long residentBytes(ServerProcess server) throws IOException {
        String status = Files.readString(Path.of("/proc/" + server.process().pid() + "/status"));
        return 1024 * (long) number("(?m)^VmRSS:\\s+(\\d+) kB$", status);
    }

    private static double metric(ServerProcess server, String name) throws Exception {
        return number("(?m)^" + name + " (.*)$", server.getInternal("/metrics").body());
    }

    private static double number(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .mapToDouble(line -> Double.parseDouble(line.group(1)))
                .findFirst()
                .orElseThrow();
    }

    private static void requireNothingHeld(ServerProcess server) {
        Soon.until(() -> metric(server, "heddle_window_bytes") == 0);
        Soon.until(() -> metric(server, "heddle_unfinished_bytes") == 0);
        int kept = Math.max(8, 2 * Runtime.getRuntime().availableProcessors());
        Soon.until(() -> metric(server, "heddle_zlib_bytes") <= kept * (268_359 + (40 << 10)));
    }

    private static void requireEcho(ServerProcess server) throws IOException {
        byte[] text = "warp and weft, ".repeat(100).getBytes(UTF_8);
        try (RawClient client = RawClient.open(server.port(), "/echo", P, P)) {
            client.send(RawFrame.of(RawFrame.TEXT, Deflated.alone(text)).rsv(4));
            assertArrayEquals(text, SmallInflater.inflate(15, client.readFrame().payload()));
        }
    }

    /// @param chop how many bytes are written at once
    @ParameterizedTest
    @ValueSource(ints = {1 << 20, 5_000})
    void bombsCostNoMoreThanAMessageMayHave(int chop) throws Exception {
        byte[] payload = Deflated.zeros(BOMB_MIB);
        byte[] bomb = RawFrame.of(RawFrame.BINARY, payload).rsv(4).encoded();
        assertTrue(bomb.length < 300_000, () -> bomb.length + " bytes");
        try (ServerProcess server = new ServerProcess(SETTINGS)) {
            requireEcho(server);
            long before = residentBytes(server);
            for (int round = 0; round < 2; round++) {
                List<RawClient> bombers = new ArrayList<>();
                for (int i = 0; i < BOMBERS; i++) {
                    bombers.add(RawClient.open(server.port(), "/echo", P, P));
                }
                List<Thread> sending = new ArrayList<>();
                for (RawClient each : bombers) {
                    sending.add(Thread.startVirtualThread(() -> send(each, bomb, chop)));
                }
                for (RawClient each : bombers) {
                    RawFrame close = each.readFrame();
                    assertEquals(RawFrame.CLOSE, close.opcode());
                    assertEquals(1009, close.closeCode());
                }
                for (RawClient each : bombers) {
                    each.close();
                }
                for (Thread each : sending) {
                    each.join();
                }
            }
            long more = residentBytes(server) - before;
            assertTrue(more < 48 * MIB, () -> more + " bytes more, with bombs of 256 MiB");
            requireNothingHeld(server);
            requireEcho(server);
        }
    }

    private static void send(RawClient client, byte[] bomb, int chop) {
        try {
            client.sendInChops(bomb, chop);
        } catch (IOException refused) {
            // as it may be, before all of it is there
        }
    }

    /// Each talks; some end by a Close frame, some in the middle of a message, some by garbage.
    @Test
    void tenThousandSessionsLeaveTheProcessAsItWas() throws Exception {
        byte[] text = "warp and weft, ".repeat(300).getBytes(UTF_8);
        byte[] whole = Deflated.alone(text);
        RawFrame message = RawFrame.of(RawFrame.TEXT, whole).rsv(4);
        byte[] half = Arrays.copyOf(whole, whole.length / 2);
        RawFrame unfinished = RawFrame.of(RawFrame.TEXT, half).rsv(4).unfinished();
        RawFrame garbage = RawFrame.of(RawFrame.TEXT, (byte) -1, (byte) -1).rsv(4);
        try (ServerProcess server = new ServerProcess(SETTINGS)) {
            long before = 0;
            for (int round = 1; round <= ROUNDS; round++) {
                List<RawClient> clients = new ArrayList<>();
                for (int i = 0; i < SESSIONS_IN_A_ROUND; i++) {
                    clients.add(RawClient.open(server.port(), "/echo", P, P));
                    clients.get(i).send(message);
                    clients.get(i).send(List.of(message, unfinished, garbage).get(i % 3));
                }
                for (int i = 0; i < SESSIONS_IN_A_ROUND; i++) {
                    RawClient client = clients.get(i);
                    assertEquals(4, client.readFrame().reservedBits());
                    switch (i % 3) {
                        case 0 -> {
                            client.readFrame();
                            client.send(RawFrame.close(1000, ""));
                            client.expectClose(1000);
                        }
                        case 1 -> client.abort();
                        default -> client.expectClose(1007);
                    }
                }
                for (RawClient client : clients) {
                    client.close();
                }
                requireNothingHeld(server);
                before = round == ROUNDS / 4 ? residentBytes(server) : before;
            }
            long more = residentBytes(server) - before;
            System.out.println("10,000 compressed sessions: " + more + " bytes more");
            assertTrue(more < 16 * MIB, () -> more + " bytes more");
        }
    }
}
