package dev.heddle.bench.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.bench.result.Result;
import dev.heddle.bench.suite.Suite.Round;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

class ScoreboardTest {
    private static final EnumSet<Row> CHOSEN = EnumSet.of(Row.HEAP, Row.ECHO, Row.GROWTH_DELIVERY);

    private static Outcome outcome(long lost) {
        List<Round> rounds = new ArrayList<>();
        double[] heap = {1_390, 1_410, 1_380};
        double[] floor = {5, 10, 6};
        double[] heddle = {7, 13, 9.6};
        for (int i = 0; i < 3; i++) {
            rounds.add(new Round(Program.IDLE, values("rss", 50), values("heap", heap[i])));
            rounds.add(
                    new Round(Program.ECHO, values("echo", floor[i]), values("echo", heddle[i])));
            rounds.add(new Round(Program.GROWTH, growth(5, 6.5), growth(0.5, 0.55 + i * 0.01)));
        }
        rounds.get(1).heddle().check(lost(lost));
        return Outcome.of(CHOSEN, 3, rounds, Instant.EPOCH, 61);
    }

    private static Measurement values(String name, double value) {
        var measurement = new Measurement();
        measurement.put(name, value);
        return measurement;
    }

    private static Measurement growth(double few, double many) {
        var measurement = new Measurement();
        measurement.putAt("delivery", 1_000, few);
        measurement.putAt("delivery", 19_000, many);
        return measurement;
    }

    private static Result lost(long lost) {
        Outcome nothing = Outcome.of(CHOSEN, 0, List.of(), Instant.EPOCH, 0);
        Result empty = nothing.asResult();
        return new Result(
                "echo",
                Map.of(),
                empty.environment(),
                Instant.EPOCH,
                1,
                Map.of(),
                List.of(),
                List.of(),
                Map.of("lost", lost));
    }

    @Test
    void dividesWithinARoundAndTakesTheMedianOfTheRatios() {
        assertEquals(
                """
                | row                                                            | floor   | Heddle  | median (min–max)      | aim       | reached |
                |----------------------------------------------------------------|---------|---------|-----------------------|-----------|---------|
                | live heap per idle connection                                  | –       | 1,390 B | 1,390 B (1,380–1,410) | ≤ 1,400 B | yes     |
                | echo, 1,000 connections, 125 B                                 | 6.00 µs | 9.60 µs | 1.40× (1.30–1.60)     | ≤ 1.40×   | yes     |
                | dearest delivery of 1,000 to 19,000 receivers, to the cheapest | 1.30×   | 1.12×   | 1.12× (1.10–1.14)     | ≤ 1.15×   | yes     |
                | missing deliveries, dropped honest connections                 |         | 0, 0    |                       | 0         | yes     |
                """,
                Scoreboard.of(outcome(0)).markdown());
    }

    @Test
    void doesNotOverlookALostMessage() {
        Outcome outcome = outcome(1);
        assertFalse(outcome.isComplete());
        String table = Scoreboard.of(outcome).markdown();
        assertTrue(table.contains("| 1, 0 "), table);
        assertEquals(1, outcome.asResult().count("lost"));
    }

    @Test
    void leavesOutWhatWasNotMeasured() {
        Outcome nothing = Outcome.of(CHOSEN, 1, List.of(), Instant.EPOCH, 0);
        assertEquals(2, Scoreboard.of(nothing).lines().size());
        assertTrue(SuiteReport.html(nothing).contains("Heddle beside the floor"));
    }

    @Test
    void showsEachRowWithItsAim() {
        String page = SuiteReport.html(outcome(0));
        assertTrue(page.contains("<div class=\"reached\"><span>echo, 1,000 connections, 125 B"));
        assertTrue(page.contains("1.40× <small>aim 1.40×</small>"));
        assertTrue(page.contains("Server CPU per delivery"));
    }

    @Test
    void keepsEachRowForComparing() {
        Result result = outcome(0).asResult();
        assertEquals(1.4, result.figure("echo").orElseThrow(), 1e-9);
        assertEquals(6, result.figure("echo.floor").orElseThrow());
        assertEquals(1.6, result.figure("echo.max").orElseThrow(), 1e-9);
    }

    @Test
    void namesTheRowsWhenOneIsUnknown() {
        assertEquals(Row.GROWTH_DELIVERY, Row.of("growth-delivery"));
        var failure = assertThrows(IllegalArgumentException.class, () -> Row.of("ech"));
        assertTrue(
                String.valueOf(failure.getMessage())
                        .startsWith("'ech' is no row; there are heap,"));
    }
}
