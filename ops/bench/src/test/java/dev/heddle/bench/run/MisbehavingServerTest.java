package dev.heddle.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.bench.engine.Target;
import dev.heddle.bench.result.Latency;
import dev.heddle.bench.result.Result;
import dev.heddle.bench.scenario.Scenario;
import dev.heddle.bench.support.FakeServer;
import dev.heddle.bench.support.FakeServer.Behaviour;
import dev.heddle.bench.support.FakeServer.Peer;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Servers that do wrong on purpose: what they did must be what is counted.
class MisbehavingServerTest {
    private static Result run(Scenario scenario, Behaviour behaviour)
            throws IOException, InterruptedException {
        try (FakeServer server = new FakeServer(behaviour)) {
            Target target = new Target(server.uri(), List.of(), 20, List.of());
            return Bench.run(new Plan(scenario, target, 1, 0, false), null, Ticker.SILENT);
        }
    }

    /// What came back wrongly, of all that is not as it should be.
    private static Map<String, Long> wrongs(Result result) {
        Map<String, Long> wrongs = new TreeMap<>(result.counts());
        wrongs.keySet()
                .retainAll(
                        List.of(
                                "lost",
                                "duplicated",
                                "reordered",
                                "corrupted",
                                "unexpected",
                                "ended",
                                "failed",
                                "refused",
                                "protocolErrors",
                                "notBack"));
        return wrongs;
    }

    private static Latency latency(Result result, String name) {
        return result.latencies().stream()
                .filter(latency -> latency.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IOException(interrupted);
        }
    }

    private static Scenario echo(int depth) {
        return new Scenario.Echo(1, 1, depth, 100, 0.1, 0.6, 0);
    }

    /// Echoes, but treats the message of that number, counted from 0, in another way.
    private interface Twist {
        void twist(Peer peer, byte[] frame) throws IOException;
    }

    private static Behaviour echoBut(int number, Twist twist) {
        return peer -> {
            peer.accept();
            for (int i = 0; ; i++) {
                byte[] frame = peer.readFrame();
                if (i == number) {
                    twist.twist(peer, frame);
                } else {
                    peer.writeFrame(frame);
                }
            }
        };
    }

    @Test
    void findsNothingWrongWithAnHonestEcho() throws Exception {
        Result result = run(echo(3), echoBut(-1, (peer, frame) -> {}));
        assertEquals(Map.of(), wrongs(result));
        assertTrue(result.count("ops") > 0);
        assertTrue(result.figure("opsPerSecond").orElseThrow() > 0);
    }

    @Test
    void countsALostEcho() throws Exception {
        Result result = run(echo(3), echoBut(5, (peer, frame) -> {}));
        assertEquals(Map.of("lost", 1L), wrongs(result));
    }

    @Test
    void countsADuplicatedEcho() throws Exception {
        Result result =
                run(
                        echo(3),
                        echoBut(
                                5,
                                (peer, frame) -> {
                                    peer.writeFrame(frame);
                                    peer.writeFrame(frame);
                                }));
        assertEquals(Map.of("duplicated", 1L), wrongs(result));
    }

    @Test
    void countsAReorderedEcho() throws Exception {
        Result result =
                run(
                        echo(3),
                        echoBut(
                                5,
                                (peer, frame) -> {
                                    peer.writeFrame(peer.readFrame());
                                    peer.writeFrame(frame);
                                }));
        assertEquals(Map.of("reordered", 1L), wrongs(result));
    }

    @Test
    void countsACorruptedEchoAlsoAsLost() throws Exception {
        Result result =
                run(
                        echo(3),
                        echoBut(
                                5,
                                (peer, frame) -> {
                                    frame[frame.length - 1] ^= 1;
                                    peer.writeFrame(frame);
                                }));
        assertEquals(Map.of("corrupted", 1L, "lost", 1L), wrongs(result));
    }

    @Test
    void countsAnEchoOfSomethingNeverSent() throws Exception {
        Result result =
                run(
                        echo(1),
                        echoBut(
                                5,
                                (peer, frame) -> {
                                    byte[] later = frame.clone();
                                    later[8]++;
                                    peer.writeFrame(later);
                                    peer.writeFrame(frame);
                                }));
        assertEquals(Map.of("unexpected", 1L), wrongs(result));
    }

    @Test
    void countsConnectionsThatEndAndWhatWasOnItsWay() throws Exception {
        Result result =
                run(
                        new Scenario.Echo(2, 2, 1, 100, 0, 0.6, 0),
                        peer -> {
                            peer.accept();
                            for (int i = 0; peer.number() == 0 || i < 5; i++) {
                                peer.writeFrame(peer.readFrame());
                            }
                            peer.readFrame();
                        });
        assertEquals(Map.of("ended", 1L, "lost", 1L), wrongs(result));
    }

    /// Delivers what any client sends to all, but in a way of its own to the first receiver. The
    /// sender connects before it.
    private static Behaviour hub(int receivers, Map<Integer, Integer> deliveries) {
        List<Peer> peers = new CopyOnWriteArrayList<>();
        CountDownLatch all = new CountDownLatch(receivers + 1);
        return peer -> {
            peer.accept();
            peers.add(peer);
            all.countDown();
            for (int i = 0; ; i++) {
                byte[] frame = peer.readFrame();
                await(all);
                for (Peer to : peers) {
                    int times = to.number() == 1 ? deliveries.getOrDefault(i, 1) : 1;
                    for (int time = 0; time < times; time++) {
                        to.writeFrame(frame);
                    }
                }
            }
        };
    }

    private static Scenario broadcast(int window, double stall) {
        return new Scenario.Broadcast(3, 1, 20, 0, window, 100, "", 0, stall, 30);
    }

    @Test
    void findsNothingWrongWithAnHonestBroadcast() throws Exception {
        Result result = run(broadcast(2, 20), hub(3, Map.of()));
        assertEquals(Map.of(), wrongs(result));
        assertEquals(60, result.count("ops"));
        assertEquals(20, result.count("sent"));
        assertEquals(20, latency(result, "toLastReceiver").count());
    }

    @Test
    void countsLostAndDuplicatedBroadcasts() throws Exception {
        Result result = run(broadcast(0, 2), hub(3, Map.of(4, 0, 5, 0, 7, 2, 19, 0)));
        assertEquals(57, result.count("ops"));
        assertEquals(Map.of("lost", 3L, "duplicated", 1L), wrongs(result));
    }

    @Test
    void aLostBroadcastStopsAWindowAndTheRestIsLostToo() throws Exception {
        Result result = run(broadcast(1, 2), hub(3, Map.of(4, 0)));
        assertTrue(result.count("sent") == 5, result.counts().toString());
        assertEquals(60 - result.count("ops"), result.count("lost"));
    }

    @Test
    void waitsForTheLastReceiverAlsoWhenOneHasLeftBeforeTheBroadcast() throws Exception {
        CountDownLatch left = new CountDownLatch(1);
        CountDownLatch others = new CountDownLatch(3);
        List<Peer> peers = new CopyOnWriteArrayList<>();
        Result result =
                run(
                        broadcast(1, 20),
                        peer -> {
                            if (peer.number() == 2) {
                                await(left);
                            }
                            peer.accept();
                            if (peer.number() == 1) {
                                peer.write(0x88, 0);
                                left.countDown();
                                peer.readFrame();
                                return;
                            }
                            peers.add(peer);
                            others.countDown();
                            while (true) {
                                byte[] frame = peer.readFrame();
                                await(others);
                                for (Peer to : peers) {
                                    to.writeFrame(frame);
                                    // The next receiver gets it so much later.
                                    LockSupport.parkNanos(20_000_000);
                                }
                            }
                        });
        assertEquals(Map.of("lost", 20L), wrongs(result));
        long shortest = latency(result, "toLastReceiver").decode().getMinNonZeroValue();
        assertTrue(shortest > 30_000_000, shortest + " ns");
    }

    @Test
    void givesUpASenderWhoseHandshakeIsNeverAnswered() throws Exception {
        Behaviour silentToTheSender =
                peer -> {
                    if (peer.number() > 0) {
                        peer.accept();
                    } else {
                        peer.readHead();
                    }
                    peer.readHead();
                };
        try (FakeServer server = new FakeServer(silentToTheSender)) {
            Target target = new Target(server.uri(), List.of(), 2, List.of());
            Plan plan = new Plan(broadcast(1, 0.1), target, 1, 0, false);
            Result result = Bench.run(plan, null, Ticker.SILENT);
            assertEquals(Map.of("failed", 1L, "lost", 60L), wrongs(result));
            assertEquals(1, result.count("timedOut"));
        }
    }

    @Test
    void countsTheTimeOfARequestFromWhenItWasDue() throws Exception {
        // Ten are due at once, and the only connection takes 50 ms for each.
        List<Peer> receivers = new CopyOnWriteArrayList<>();
        Result result =
                run(
                        new Scenario.Broadcast(1, 1, 10, 1e6, 0, 100, "/b", 1, 20, 30),
                        peer -> {
                            while (peer.readHead().contains("Upgrade")) {
                                receivers.add(peer);
                                peer.write(peer.acceptance());
                            }
                            while (true) {
                                LockSupport.parkNanos(50_000_000);
                                peer.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                                receivers.getFirst().writeFrame(new byte[] {(byte) 0x81, 'x'});
                                peer.readHead();
                            }
                        });
        assertEquals(Map.of(), wrongs(result));
        assertEquals(10, result.count("httpOk"));
        double max = latency(result, "request").percentiles().getOrDefault("max", 0.0);
        assertTrue(max > 450_000, max + " µs");
    }

    @Test
    void endsConnectionsThatTheServerDoesNotEndAfterTheirClosingHandshake() throws Exception {
        CountDownLatch ends = new CountDownLatch(5);
        Behaviour neverEnding =
                peer -> {
                    peer.accept();
                    try {
                        while (true) {
                            peer.readFrame();
                        }
                    } finally {
                        ends.countDown();
                    }
                };
        try (FakeServer server = new FakeServer(neverEnding)) {
            Target target = new Target(server.uri(), List.of(), 10, List.of());
            Plan plan = new Plan(new Scenario.Churn(8, 50, 0.1, 0.5), target, 1, 0, false);
            Result result = Bench.run(plan, null, Ticker.SILENT);
            assertEquals(5, result.count("closedWithoutAnswer"));
            assertTrue(ends.await(60, TimeUnit.SECONDS), () -> ends.getCount() + " are left");
        }
    }

    @Test
    void comesBackAsSoonAsTheServerSays() throws Exception {
        AtomicInteger refused = new AtomicInteger();
        Result result =
                run(
                        new Scenario.Storm(4, 4, 0.05, 1, 50, 0.1, 30),
                        peer -> {
                            if (peer.number() >= 5 && refused.getAndIncrement() < 3) {
                                peer.readHead();
                                peer.write("HTTP/1.1 503 Busy\r\nRetry-After: 1\r\n\r\n");
                                return;
                            }
                            peer.accept();
                            while (true) {
                                byte[] ping = peer.readFrame();
                                ping[0] = (byte) 0x8a;
                                peer.writeFrame(ping);
                            }
                        });
        assertEquals(Map.of("refused", 3L), wrongs(result));
        assertEquals(3, result.count("retried"));
        assertEquals(4, result.count("ops"));
        double seconds = result.figure("secondsUntilAllBack").orElseThrow();
        assertTrue(seconds >= 1 && seconds < 20, "" + seconds);
    }

    @Test
    void saysWhoNeverCameBack() throws Exception {
        Result result =
                run(
                        new Scenario.Storm(4, 4, 0.05, 1, 50, 0.1, 0.3),
                        peer -> {
                            if (peer.number() >= 5) {
                                return;
                            }
                            peer.accept();
                            while (true) {
                                byte[] ping = peer.readFrame();
                                ping[0] = (byte) 0x8a;
                                peer.writeFrame(ping);
                            }
                        });
        assertEquals(4, result.count("notBack"));
    }

    @Test
    void failsWhenTheHostIsUnknown() {
        Target target =
                new Target(URI.create("ws://no.such.host.invalid/"), List.of(), 5, List.of());
        Plan plan = new Plan(echo(1), target, 1, 0, false);
        BenchFailure failure =
                assertThrows(BenchFailure.class, () -> Bench.run(plan, null, Ticker.SILENT));
        assertEquals("there is no host no.such.host.invalid", failure.getMessage());
    }
}
