package dev.heddle.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.bench.result.Environment;
import dev.heddle.bench.result.Result;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;

class ComparisonTest {
    private static Result result(
            int cores, Map<String, Object> parameters, Map<String, Double> figures) {
        return new Result(
                "echo",
                parameters,
                new Environment("Linux", "A processor", cores, 0, "25"),
                Instant.EPOCH,
                1,
                figures,
                List.of(),
                List.of(),
                Map.of("lost", 0L));
    }

    @Test
    void putsFiguresSideBySide() {
        Result first = result(2, Map.of(), Map.of("serverCpuMicrosPerOp", 6.0, "onlyHere", 1.0));
        Result second = result(2, Map.of(), Map.of("serverCpuMicrosPerOp", 4.5));
        assertEquals(
                """
                                        first   second  second/first
                onlyHere                    1        -             \s
                serverCpuMicrosPerOp     6 µs  4.50 µs          0.75
                lost                        0        0             \s
                """,
                Comparison.of(first, second));
    }

    @Test
    void saysWhatMakesThemHardToCompare() {
        Result first = result(2, Map.of("connections", 1000, "bytes", 125), Map.of());
        Result second = result(4, Map.of("connections", 2000L, "bytes", 125L), Map.of());
        String text = Comparison.of(first, second);
        assertTrue(
                text.startsWith(
                        """
                        differs: connections, 1000 and 2000
                        differs: cores, 2 and 4

                        """),
                text);
    }

    @Test
    void comparesPercentiles() {
        String text = Comparison.of(Samples.echo(), Samples.echo());
        assertTrue(text.contains("echo p99.9"), text);
        assertEquals(
                text.lines().count() - 1, text.lines().filter(l -> l.contains("1.00")).count());
    }
}
