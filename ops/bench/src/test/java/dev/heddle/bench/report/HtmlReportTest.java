package dev.heddle.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.bench.result.Result;
import dev.heddle.bench.result.Series;
import dev.heddle.bench.result.Series.Point;

import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

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
        page = page.replaceFirst("/\\*! https://\\S+ ", ""); // where uPlot comes from
        for (String asking :
                List.of("http://", "https://", "src=", "<link", "@import", "url(", "import(")) {
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
        assertTrue(HtmlReport.of(Samples.nothing()).contains("<h1>Connect</h1>"));
    }

    @Test
    void writesValuesInTheUnitOfTheirSizeAndNoMoreDigitsThanAreSeen() {
        List<Series> series =
                List.of(
                        new Series(
                                "serverRssBytes", "bytes", List.of(new Point(1 / 3.0, 1 << 29))));
        String page = HtmlReport.of(with(Samples.nothing(), series));
        assertTrue(
                page.contains(
                        """
                        {"x":{"kind":"LINEAR","unit":"s"},"y":{"kind":"LINEAR","unit":"MiB"},\
                        "lines":[{"name":"server RSS","isDotted":false,"x":[0.333333],"y":[512.0]}]}\
                        """));
    }

    @Test
    void aNameCannotEndTheElementThatItsDataIsIn() {
        List<Series> series =
                List.of(new Series("</script><b>", "</script>", List.of(new Point(0, 1))));
        String page = HtmlReport.of(with(Samples.nothing(), series));
        assertFalse(page.contains("</script><b>"));
        assertTrue(page.contains("\\u003c/script>"));
    }

    private static Result with(Result result, List<Series> series) {
        return new Result(
                result.scenario(),
                result.parameters(),
                result.environment(),
                result.started(),
                result.seconds(),
                result.figures(),
                result.latencies(),
                series,
                result.counts());
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
