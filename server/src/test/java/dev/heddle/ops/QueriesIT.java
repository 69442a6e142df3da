package dev.heddle.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.heddle.support.TestServer;
import dev.heddle.support.TestTools;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Alert rules and dashboard against Prometheus' own parser, and against what `/metrics` shows.
class QueriesIT {
    /// With the metrics of an engine, which is not there.
    @RegisterExtension
    static final TestServer SERVER =
            new TestServer(
                    TestServer.configured(
                            Map.of("HEDDLE_CLUSTER_REDIS_URI", "redis://127.0.0.1:9")));

    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern NAMED = Pattern.compile("\\b((?:heddle|jvm|process)_\\w+)");

    /// Of a sample, or of all samples of a histogram.
    private static final Pattern SHOWN = Pattern.compile("(?m)^(?:# TYPE )?(\\w+)[ {]");

    /// What is compared; `job` comes from Prometheus itself.
    private static final Pattern LABELLED = Pattern.compile("[{ ,]((?!job)\\w+=\"[^\"]+\")");

    @TempDir private Path folder;

    @Test
    void prometheusUnderstandsTheRulesAndTheyFire() throws Exception {
        Path rules = OpsFile.read("prometheus/heddle.rules.yml").write(folder.resolve("rules.yml"));
        promtool("check", "rules", rules.toString());
        String tests = Files.readString(Path.of("src", "test", "resources", "ops", "alerts.yml"));
        Path file = folder.resolve("alerts.yml");
        promtool(
                "test",
                "rules",
                Files.writeString(file, tests.replace("RULES", rules.toString())).toString());
    }

    @Test
    void prometheusUnderstandsEachQueryOfTheDashboard() throws Exception {
        StringBuilder rules = new StringBuilder("groups: [{name: dashboard, rules: [");
        for (String query : queriesOfTheDashboard()) {
            String expression = query.replace("$__rate_interval", "5m");
            String quoted = JSON.writeValueAsString(expression);
            rules.append("{record: a, expr: %s},\n".formatted(quoted));
        }
        Path file = Files.writeString(folder.resolve("dashboard.yml"), rules.append("]}]"));
        promtool("check", "rules", "--lint=none", file.toString());
    }

    @Test
    void metricsShowEveryNameAndLabelInAQuery() throws Exception {
        String metrics = LiveMetrics.of(SERVER.heddle());
        Set<String> shown = found(SHOWN, metrics);
        shown.addAll(found(LABELLED, metrics));
        String queries =
                String.join("\n", queriesOfTheDashboard())
                        + OpsFile.read("prometheus/heddle.rules.yml").text();
        Set<String> named = found(NAMED, queries);
        named.addAll(found(LABELLED, queries));
        assertTrue(named.size() > 20, named::toString);
        named.removeAll(shown);
        assertEquals(Set.of(), named);
    }

    private static List<String> queriesOfTheDashboard() throws IOException {
        JsonNode dashboard = JSON.readTree(OpsFile.read("grafana/heddle.json").text());
        List<String> queries = new ArrayList<>();
        for (JsonNode panel : dashboard.path("panels")) {
            for (JsonNode target : panel.path("targets")) {
                queries.add(target.path("expr").asText());
            }
        }
        assertTrue(queries.size() > 20, queries::toString);
        return queries;
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// Runs it; an `AssertionError` with what it says when it is not content.
    private static void promtool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(TestTools.require("promtool").toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, process.waitFor(), said);
    }
}
