package dev.heddle.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.support.Patience;
import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;
import dev.heddle.support.ServerProcess;
import dev.heddle.support.Soon;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// A server that sends its clients away a few at a time: on a signal, and when it is asked to.
class SpreadDrainIT {
    private static final int CLIENTS = 300;

    /// How a client was told to go, and when.
    private record Told(int code, String reason, long nanos) {}

    private final List<Told> told = new CopyOnWriteArrayList<>();

    private Told awaitClose(RawClient client) throws IOException {
        try (client) {
            RawFrame close = client.readWithin(Patience.BOUND).readFrame();
            Told now = new Told(close.closeCode(), close.closeReason(), System.nanoTime());
            told.add(now);
            client.send(RawFrame.close(close.closeCode(), ""));
            return now;
        }
    }

    private List<Future<Told>> open(ServerProcess server, ExecutorService threads)
            throws IOException {
        List<Future<Told>> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            RawClient client = RawClient.open(server.port(), i % 2 == 0 ? "/ws" : "/echo");
            clients.add(threads.submit(() -> awaitClose(client)));
        }
        return clients;
    }

    /// How many were told in each quarter of the time from the first to the last.
    private int[] quarters() {
        long first = told.getFirst().nanos();
        long length = told.getLast().nanos() - first + 1;
        int[] counts = new int[4];
        told.forEach(each -> counts[(int) ((each.nanos() - first) * 4 / length)]++);
        return counts;
    }

    @Test
    void aSignalSpreadsTheEndOverTheTimeAndLateComersAreToldToo() throws Exception {
        try (ServerProcess server =
                        new ServerProcess(
                                "",
                                "--diagnostics",
                                "--set deadlines.unready=2s",
                                "--set deadlines.drain-spread=8s");
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Told>> clients = open(server, threads);
            server.signal("TERM");
            Soon.until(() -> server.getInternal("/readyz").statusCode() == 503);
            assertEquals(0, told.size(), "nobody is sent away while clients are accepted");
            RawClient late = RawClient.open(server.port(), "/ws");
            clients.add(threads.submit(() -> awaitClose(late)));
            for (Future<Told> client : clients) {
                Told now = client.get();
                assertEquals(1001, now.code());
                assertTrue(
                        now.reason().matches("server is going away; come back in ([5-9]|1[0-3])s"),
                        now::reason);
            }
            assertEquals(0, server.awaitEnd(60), server::log);
            for (int quarter : quarters()) {
                assertTrue(quarter > CLIENTS / 12, () -> quarter + " in a quarter of the time");
            }
            long seconds =
                    TimeUnit.NANOSECONDS.toSeconds(
                            told.getLast().nanos() - told.getFirst().nanos());
            assertTrue(seconds >= 5, () -> "all within " + seconds + " s");
        }
    }

    @Test
    void aSecondSignalEndsThePace() throws Exception {
        try (ServerProcess server =
                        new ServerProcess("", "--diagnostics", "--set deadlines.drain-spread=1h");
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Told>> clients = open(server, threads);
            server.signal("TERM");
            Soon.until(() -> server.getInternal("/readyz").statusCode() == 503);
            Soon.until(
                    () -> {
                        server.signal("TERM");
                        return told.size() == CLIENTS;
                    });
            for (Future<Told> client : clients) {
                assertEquals(1001, client.get().code());
            }
            assertEquals(0, server.awaitEnd(60), server::log);
        }
    }

    @Test
    void aSignalDoesNotWaitForALongerDrain() throws Exception {
        try (ServerProcess server = new ServerProcess("", "--diagnostics");
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Told>> clients = open(server, threads);
            server.postInternal("/api/v1/server/drain?over=1h");
            Soon.until(() -> server.getInternal("/readyz").statusCode() == 503);
            server.signal("TERM");
            for (Future<Told> client : clients) {
                assertEquals(1001, client.get().code());
            }
            assertEquals(0, server.awaitEnd(60), server::log);
        }
    }

    @Test
    void whoAsksForItByHttpChoosesThePaceAndChangesIt() throws Exception {
        try (ServerProcess server = new ServerProcess("", "--diagnostics");
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Told>> clients = open(server, threads);
            HttpResponse<String> begun = server.postInternal("/api/v1/server/drain?over=1h");
            assertEquals(200, begun.statusCode());
            assertTrue(
                    begun.body().matches("\\{\"connections\":300,\"overMillis\":3[56].{5}\\}"),
                    begun::body);
            Soon.until(() -> server.getInternal("/readyz").statusCode() == 503);
            assertTrue(told.size() < CLIENTS);
            String changed = server.postInternal("/api/v1/server/drain?over=2s").body();
            assertTrue(
                    changed.endsWith("\"overMillis\":2000}") || changed.contains(":19"), changed);
            for (Future<Told> client : clients) {
                assertEquals(1001, client.get().code());
            }
            assertEquals(0, server.awaitEnd(60), server::log);
        }
    }
}
