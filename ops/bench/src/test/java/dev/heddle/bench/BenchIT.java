package dev.heddle.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.Heddle;
import dev.heddle.bench.engine.Target;
import dev.heddle.bench.result.Json;
import dev.heddle.bench.result.Result;
import dev.heddle.bench.result.Series;
import dev.heddle.bench.run.Bench;
import dev.heddle.bench.run.Plan;
import dev.heddle.bench.run.StoppedEarly;
import dev.heddle.bench.run.Ticker;
import dev.heddle.bench.scenario.Scenario;
import dev.heddle.bench.support.RealHeddle;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.util.List;
import java.util.Map;

/// Every scenario against a real Heddle: it does nothing wrong, and all of it is counted.
class BenchIT {
    private static Heddle heddle;

    @BeforeAll
    static void start() throws Exception {
        heddle =
                RealHeddle.start(
                        Map.of("HEDDLE_WS_DEFLATE", "true", "HEDDLE_ECHO_DEFLATE", "true"));
    }

    @AfterAll
    static void stop() {
        heddle.close();
    }

    private static Result run(Scenario scenario, String path, int processes, String... headers)
            throws Exception {
        URI uri = URI.create("ws://127.0.0.1:" + heddle.port() + path);
        List<String> sources = List.of("127.0.0.1", "127.0.0.2");
        Target target = new Target(uri, sources, 60, List.of(headers));
        Result result =
                Bench.run(new Plan(scenario, target, processes, 0, false), null, Ticker.SILENT);
        for (String wrong :
                List.of("lost", "duplicated", "reordered", "corrupted", "unexpected", "failed")) {
            assertEquals(0, result.count(wrong), wrong + ": " + result.counts());
        }
        return result;
    }

    private static long latencies(Result result, String name) {
        return result.latencies().stream()
                .filter(latency -> latency.name().equals(name))
                .mapToLong(latency -> latency.decode().getTotalCount())
                .sum();
    }

    @Test
    void connectsAndClosesInWaves() throws Exception {
        Result result = run(new Scenario.Connect(50, 8, 3, 0, 60), "/ws", 1);
        assertEquals(150, result.count("opened"));
        assertEquals(150, result.count("closedCleanly"));
        assertEquals(150, latencies(result, "handshake"));
    }

    @Test
    void echoesInAClosedLoop() throws Exception {
        Result result = run(new Scenario.Echo(20, 8, 2, 125, 0.1, 0.4, 0), "/echo", 1);
        assertTrue(result.count("ops") > 100, result.counts().toString());
        assertEquals(result.count("ops"), latencies(result, "echo"));
    }

    @Test
    void echoesAtARate() throws Exception {
        Result result = run(new Scenario.Echo(20, 8, 1, 125, 0.1, 1, 500), "/echo", 1);
        assertEquals(500.0, (double) result.count("ops"), 250);
        assertEquals(result.count("sent"), latencies(result, "sendLag"));
    }

    @Test
    void echoesFromTwoProcesses() throws Exception {
        Result result = run(new Scenario.Echo(21, 8, 1, 125, 0.1, 0.5, 0), "/echo", 2);
        assertEquals(21, result.count("opened"));
        assertEquals(2, result.parameters().get("processes"));
        assertTrue(result.count("ops") > 100, result.counts().toString());
    }

    @Test
    void broadcastsWithAWindowFromTwoProcesses() throws Exception {
        Scenario scenario = new Scenario.Broadcast(31, 8, 40, 0, 3, 100, "", 0, 60, 90);
        Result result = run(scenario, "/ws", 2);
        assertEquals(31 * 40, result.count("ops"));
        assertEquals(40, latencies(result, "toLastReceiver"));
    }

    @Test
    void compressedMessagesTakeLessOfTheWire() throws Exception {
        String offer =
                "Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover;"
                        + " client_no_context_takeover";
        Scenario broadcast = new Scenario.Broadcast(10, 8, 50, 0, 5, 1024, "", 0, 60, 90);
        long plain = run(broadcast, "/ws", 1).count("bytesIn");
        long compressed = run(broadcast, "/ws", 2, offer).count("bytesIn");
        assertTrue(compressed < plain * 2 / 5, compressed + " of " + plain);
        Result echo = run(new Scenario.Echo(20, 8, 2, 1024, 0.1, 0.4, 0), "/echo", 1, offer);
        assertTrue(echo.count("ops") > 50, echo.counts().toString());
        assertTrue(echo.count("bytesIn") < 512 * echo.count("sent"), echo.counts().toString());
    }

    @Test
    void broadcastsAtARate() throws Exception {
        Scenario scenario = new Scenario.Broadcast(10, 8, 20, 50, 0, 70_000, "", 0, 60, 90);
        Result result = run(scenario, "/ws", 1);
        assertEquals(200, result.count("ops"));
        assertEquals(200, latencies(result, "delivery"));
        double perSecond = result.figure("opsPerSecond").orElseThrow() / 10;
        assertTrue(perSecond > 5 && perSecond < 60, perSecond + " per second");
    }

    @Test
    void broadcastsByRequestsOverHttp() throws Exception {
        Scenario scenario = new Scenario.Broadcast(10, 8, 50, 0, 0, 100, "/benchmark", 4, 60, 90);
        Result result = run(scenario, "/ws", 1);
        assertEquals(500, result.count("ops"));
        assertEquals(50, result.count("httpOk"));
        assertEquals(50, latencies(result, "request"));
    }

    @Test
    void churns() throws Exception {
        Result result = run(new Scenario.Churn(16, 200, 0.5, 60), "/ws", 1);
        assertEquals(100, result.count("ops"));
        assertEquals(100, result.count("closedCleanly"));
        assertEquals(100, latencies(result, "lifetime"));
    }

    @Test
    void storms() throws Exception {
        Result result = run(new Scenario.Storm(50, 16, 0.2, 5, 100, 0.3, 60), "/ws", 1);
        assertEquals(50, result.count("ops"));
        assertEquals(0, result.count("notBack"));
        assertTrue(latencies(result, "pingBefore") > 0);
        assertTrue(latencies(result, "pingDuring") > 0);
        assertTrue(result.figure("secondsUntilAllBack").orElseThrow() < 30);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void whatIsStoppedEarlySaysWhatItHasUntilThen(int processes) {
        Thread measuring = Thread.currentThread();
        Ticker stop =
                new Ticker() {
                    private String phase = "";

                    @Override
                    public void phase(String name, Measure measure, double total) {
                        phase = name;
                    }

                    @Override
                    public void progress(int open, long ops) {
                        if (phase.equals("echoing") && ops > 1_000) {
                            phase = "stopping"; // once: a second time means at once
                            measuring.interrupt();
                        }
                    }

                    @Override
                    public void failures(Map<String, Long> failures) {}
                };
        URI uri = URI.create("ws://127.0.0.1:" + heddle.port() + "/echo");
        Plan plan =
                new Plan(
                        new Scenario.Echo(20, 8, 1, 125, 0, 3_600, 0),
                        new Target(uri, List.of(), 60, List.of()),
                        processes,
                        0,
                        false);
        Result soFar = assertThrows(StoppedEarly.class, () -> Bench.run(plan, null, stop)).soFar();
        assertTrue(soFar.count("ops") > 500, soFar.counts().toString());
        assertTrue(soFar.figure("opsPerSecond").orElseThrow() > 0);
        assertEquals(soFar.count("ops"), latencies(soFar, "echo"));
        assertEquals(0, soFar.count("lost"));
    }

    @Test
    void resultsAreReadAsTheyWereWritten() throws Exception {
        Result result = run(new Scenario.Echo(2, 2, 1, 125, 0, 0.3, 0), "/echo", 1);
        Result read = Json.MAPPER.readValue(Json.MAPPER.writeValueAsString(result), Result.class);
        assertEquals(result, read);
        assertTrue(read.series().stream().map(Series::name).toList().contains("latencyP99"));
    }
}
