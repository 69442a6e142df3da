package dev.heddle.api.inside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.support.ApiClient;
import dev.heddle.support.HttpAnswer;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The files of the dashboard, without a browser.
class DashboardRoutesTest {
    private static final Path FILES = Path.of("src", "main", "resources", "dashboard");
    private static final Path GUIDE = Path.of("..", "ops", "guide", "dashboard.md");
    private static final Pattern METRIC = Pattern.compile("'((?:heddle|jvm|process)_\\w+)");
    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\S+)");
    private static final Pattern TITLE = Pattern.compile("(?m)^        title: '(.+)',$");

    @RegisterExtension
    static final TestServer SERVER =
            new TestServer(
                    TestServer.configured(
                            Map.of("HEDDLE_INTERNAL_API_KEY", "correct-horse-battery-staple")));

    @Test
    void areAllServedToEverybody() throws IOException {
        for (Path file : files()) {
            String path = "/dashboard/" + FILES.relativize(file);
            HttpAnswer answer = ask(path.replace("/dashboard/index.html", "/"));
            assertEquals(200, answer.status(), path);
            assertEquals(Files.readString(file), ApiClient.text(answer), path);
            String policy = answer.header("Content-Security-Policy");
            assertTrue(policy.startsWith("default-src 'none'; "), policy);
            assertFalse(policy.contains("unsafe"), policy);
            assertEquals("nosniff", answer.header("X-Content-Type-Options"));
        }
    }

    @Test
    void areAllThatTheFolderHas() throws IOException {
        TreeSet<String> served = new TreeSet<>(DashboardRoutes.FILES.names());
        served.add("index.html");
        TreeSet<String> there = new TreeSet<>();
        files().forEach(file -> there.add(FILES.relativize(file).toString()));
        assertEquals(there, served);
    }

    @Test
    void tellNothingWithoutTheKey() throws IOException {
        for (String path :
                List.of(
                        "/debug/live",
                        "/debug/where",
                        "/debug/connections",
                        "/debug/connections/1/stack",
                        "/metrics")) {
            assertEquals(401, ask(path).status(), path);
        }
    }

    @Test
    void nameMetricsThatThereAre() throws IOException {
        TreeSet<String> named = new TreeSet<>();
        for (Path file : files()) {
            named.addAll(all(METRIC, Files.readString(file)));
        }
        String metrics =
                ApiClient.text(
                        new ApiClient(SERVER.heddle().internalPort())
                                .ask(
                                        "GET",
                                        "/metrics",
                                        List.of("X-API-Key: correct-horse-battery-staple")));
        assertTrue(named.size() > 15, named.toString());
        named.removeAll(all(TYPE, metrics));
        named.removeIf(name -> name.startsWith("heddle_engine_")); // ClusterDashboardIT sees them
        assertEquals(List.of(), List.copyOf(named));
    }

    @Test
    void areExplainedInTheGuide() throws IOException {
        List<String> titles = all(TITLE, Files.readString(FILES.resolve("measures.js")));
        String guide = Files.readString(GUIDE);
        assertTrue(titles.contains("Hub queue"), titles.toString());
        titles.forEach(title -> assertTrue(guide.contains(title), title));
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(FILES)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map((MatchResult found) -> found.group(1)).toList();
    }

    private static HttpAnswer ask(String path) throws IOException {
        return new ApiClient(SERVER.heddle().internalPort()).ask("GET", path);
    }
}
