package dev.heddle.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.config.Configuration;
import dev.heddle.config.Configuration.Reading;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// That the documents name the metrics and settings that there are; events are in `TemplateTest`.
class DocumentsTest {
    @RegisterExtension
    static final TestServer SERVER =
            new TestServer(
                    TestServer.configured(
                            Map.of(
                                    "HEDDLE_DIAGNOSTICS",
                                    "true",
                                    "HEDDLE_CLUSTER_REDIS_URI",
                                    "redis://127.0.0.1:9",
                                    "HEDDLE_GATEWAY_ORDERS_TO",
                                    "http://127.0.0.1:9/")));

    private static final Path ROOT = Path.of("..");
    private static final Path GUIDE = ROOT.resolve(Path.of("ops", "guide"));
    private static final Pattern METRIC = Pattern.compile("\\b(heddle_[a-z0-9_]*[a-z0-9])");
    private static final Pattern HELP = Pattern.compile("(?m)^# HELP (heddle_\\w+) (.*)$");
    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (heddle_\\w+) (.*)$");
    private static final Pattern ROW =
            Pattern.compile(
                    "(?m)^\\| `(\\w+)` \\| (counter|gauge|histogram) \\| (.*?) \\|(.*)\\|$");
    private static final Pattern ALERT =
            Pattern.compile(
                    "(?s)- alert: (\\w+)\n.*?\\bexpr:(.*?)\n {8}(?:for|labels|annotations)");
    private static final Pattern SETTING =
            Pattern.compile("`([a-z]+\\.[a-z]+(?:-[a-z]+)*)(?<!\\.txt)[`:=]");

    static List<Path> documents() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT, 3)) {
            List<Path> documents =
                    files.filter(file -> file.toString().endsWith(".md"))
                            .filter(file -> !file.toString().contains("target"))
                            .sorted()
                            .toList();
            assertTrue(documents.size() > 15, documents::toString);
            return documents;
        }
    }

    @Test
    void thePageOfMetricsIsWhatTheServerSaysOfThem() throws Exception {
        String metrics = LiveMetrics.of(SERVER.heddle());
        Map<String, String> types = pairs(TYPE, metrics);
        Map<String, String> shown = pairs(HELP, metrics);
        shown.replaceAll((name, help) -> types.get(name) + " | " + help);
        Map<String, String> written = new TreeMap<>();
        ROW.matcher(Files.readString(GUIDE.resolve("metrics.md")))
                .results()
                .forEach(row -> written.put(row.group(1), row.group(2) + " | " + row.group(3)));
        assertEquals(lines(shown), lines(written));
    }

    @Test
    void eachMetricHasItsAlertsBesideIt() throws IOException {
        Map<String, Set<String>> alerts = new TreeMap<>();
        String rules = Files.readString(ROOT.resolve("ops/prometheus/heddle.rules.yml"));
        for (MatchResult alert : ALERT.matcher(rules).results().toList()) {
            for (String metric : found(METRIC, alert.group(2))) {
                alerts.computeIfAbsent(metric.replaceFirst("_bucket$", ""), _ -> new TreeSet<>())
                        .add(alert.group(1));
            }
        }
        Map<String, Set<String>> written = new TreeMap<>();
        for (MatchResult row :
                ROW.matcher(Files.readString(GUIDE.resolve("metrics.md"))).results().toList()) {
            Set<String> beside = new TreeSet<>(found(Pattern.compile("`(\\w+)`"), row.group(4)));
            if (!beside.isEmpty()) {
                written.put(row.group(1), beside);
            }
        }
        assertEquals(lines(alerts), lines(written));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void noDocumentNamesAMetricThatIsNone(Path document) throws Exception {
        Set<String> known = pairs(HELP, LiveMetrics.of(SERVER.heddle())).keySet();
        Set<String> named = new TreeSet<>(found(METRIC, Files.readString(document)));
        named.removeIf(name -> known.contains(name.replaceFirst("_(bucket|count|sum)$", "")));
        assertEquals(Set.of(), named);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void noDocumentNamesASettingThatIsNone(Path document) throws IOException {
        Reading reading = Configuration.read(Optional.empty(), Map.of(), List.of());
        Set<String> known =
                assertInstanceOf(Reading.Good.class, reading).configuration().lines().stream()
                        .map(line -> line.replaceFirst("[ :=].*", ""))
                        .collect(Collectors.toSet());
        Set<String> groups =
                known.stream()
                        .filter(name -> name.contains("."))
                        .map(name -> name.replaceFirst("\\..*", ""))
                        .collect(Collectors.toSet());
        Set<String> named = new TreeSet<>(found(SETTING, Files.readString(document)));
        named.removeIf(name -> !groups.contains(name.replaceFirst("\\..*", "")));
        named.removeAll(known);
        assertEquals(Set.of(), named);
    }

    private static Map<String, String> pairs(Pattern pattern, String text) {
        Map<String, String> pairs = new TreeMap<>();
        pattern.matcher(text).results().forEach(match -> pairs.put(match.group(1), match.group(2)));
        return pairs;
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toSet());
    }

    private static String lines(Map<String, ?> map) {
        return map.entrySet().stream().map(Object::toString).collect(Collectors.joining("\n"));
    }
}
