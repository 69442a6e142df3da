package dev.heddle.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.bench.result.Result;

import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

class HtmlReportTest {
    private static final Pattern HEADINGS = Pattern.compile("<figcaption><b>([^<]*)</b>");

    @Test
    void drawsAPlotForEachUnitThePercentilesAndMemoryAgainstConnections() {
        List<String> plots =
                HEADINGS.matcher(HtmlReport.of(Samples.echo()))
                        .results()
                        .map(match -> match.group(1))
                        .toList();
        assertEquals(
                List.of(
                        "Latency over time",
                        "Percentiles",
                        "Throughput",
                        "Memory of the server",
                        "Memory against connections",
                        "CPU, in percent of one core",
                        "Open connections",
                        "Threads"),
                plots);
    }

    @Test
    void asksTheNetworkForNothing() {
        String page = HtmlReport.of(Samples.echo());
        for (String asking : List.of("http://", "https://", "src=", "<link", "@import", "url(")) {
            assertFalse(page.contains(asking), asking);
        }
    }

    @Test
    void escapesWhatComesFromOutside() {
        Map<String, Object> parameters =
                new HashMap<>(Map.of("<b>", "<script>alert('1')</script>"));
        parameters.put("quote", "\" onload=\"alert(2)");
        String page = HtmlReport.of(with(Samples.echo(), parameters, Map.of("<i>", 1L)));
        assertFalse(page.contains("<script>alert"));
        assertFalse(page.contains("<b>alert"));
        assertFalse(page.contains("<i>"));
        assertFalse(page.contains("\" onload"));
        assertTrue(page.contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;"));
    }

    @Test
    void putsWhatWentWrongFirst() {
        Result echo = Samples.echo();
        assertTrue(HtmlReport.of(echo).contains("lost, failed, wrong"));
        String page = HtmlReport.of(with(echo, echo.parameters(), Map.of("lost", 3L)));
        assertFalse(page.contains("lost, failed, wrong"));
        assertTrue(page.contains("<div class=\"bad\"><b>3</b><span>lost</span></div>"));
    }

    @Test
    void reportsAResultThatHasMeasuredNothing() {
        Result echo = Samples.echo();
        Result nothing =
                new Result(
                        "connect",
                        Map.of(),
                        echo.environment(),
                        echo.started(),
                        0,
                        Map.of(),
                        List.of(),
                        List.of(),
                        Map.of());
        assertTrue(HtmlReport.of(nothing).contains("<h1>Connect</h1>"));
    }

    @Test
    void keepsEachCoordinateOnThePlot() {
        List<Double> coordinates =
                Pattern.compile("[ML]([^ ]+) ([^MLh\"]+)")
                        .matcher(
                                Pattern.compile("<path class=\"(line|dots) .*/>")
                                        .matcher(HtmlReport.of(Samples.echo()))
                                        .results()
                                        .map(MatchResult::group)
                                        .reduce("", String::concat))
                        .results()
                        .flatMap(match -> Stream.of(match.group(1), match.group(2)))
                        .map(Double::valueOf)
                        .toList();
        assertTrue(coordinates.size() > 1000);
        assertTrue(
                coordinates.stream().allMatch(coordinate -> coordinate >= 0 && coordinate <= 1000));
    }

    private static Result with(
            Result result, Map<String, Object> parameters, Map<String, Long> counts) {
        return new Result(
                result.scenario(),
                parameters,
                result.environment(),
                result.started(),
                result.seconds(),
                result.figures(),
                result.latencies(),
                result.series(),
                counts);
    }
}
