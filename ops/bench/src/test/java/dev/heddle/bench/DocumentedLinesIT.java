package dev.heddle.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.Heddle;
import dev.heddle.bench.support.DocumentedLine;
import dev.heddle.bench.support.RealHeddle;
import dev.heddle.bench.support.TestTools;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The lines `ops/heddle bench …` of README, manual and guide, as somebody types them: with the
/// real launcher and a real server. What takes long is made small: how many connections, messages
/// and seconds; the options stay as they are. That each line is one of the command line holds
/// `cli/DocumentedLinesTest`.
class DocumentedLinesIT {
    private static final Path TOP = Path.of("..", "..");

    /// At most so much of each.
    private static final Map<String, String> SMALL =
            Map.of("-n", "40", "-m", "20", "-b", "500", "--hold", "0.3", "--within", "0.3");

    private static final List<String> RATES = List.of("-r", "--rate");

    /// What a line does not say, and would take seconds.
    private static final Map<String, List<String>> SHORT =
            Map.of(
                    "connect", List.of("--hold", "0.1"),
                    "echo", List.of("--warmup", "0.1", "--time", "0.5"),
                    "broadcast", List.of("--stall", "60"),
                    "churn", List.of("--time", "0.5"),
                    "storm", List.of("--baseline", "0.3"));

    /// By row of the suite: the line that it prints, with the figure that the README names.
    private static final Map<String, String> FIGURES =
            Map.of(
                    "heap",
                    "live heap per idle connection +\\| – +\\| [\\d,.]+ (B|KiB) ",
                    "rss",
                    "RSS per idle connection, 15,000 held +\\| [\\d.]+ KiB +\\| [\\d.]+"
                            + " (B|KiB) ",
                    "handshake",
                    "handshake, warm +\\| [\\d.]+ µs +\\| [\\d.]+ µs +\\| [\\d.]+× ",
                    "saturated",
                    "fan-out to 10,000, window 10 +\\| [\\d.]+ µs +\\| [\\d.]+ µs +\\|"
                            + " [\\d.]+× ");

    private static Heddle heddle;

    @BeforeAll
    static void start() throws Exception {
        heddle = RealHeddle.start(Map.of());
    }

    @AfterAll
    static void stop() {
        heddle.close();
    }

    static List<DocumentedLine> lines() throws IOException {
        return DocumentedLine.in("README.md", "server/docs", "ops/guide");
    }

    static Stream<DocumentedLine> scenarios() throws IOException {
        return lines().stream().filter(line -> SHORT.containsKey(line.scenario())).distinct();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void printsCpuAndLatencies(DocumentedLine line) throws Exception {
        String said = run(small(line));
        assertFound("\n  clientCpuMicrosPer(Op|Handshake) +[1-9]", said);
        assertFound("\n  µs +count +p50 +p99 +p99.9 +max\n  \\w+ +[1-9]", said);
        assertEquals(false, said.contains("\n  server"), said);
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void printsTheServersCpuAndMemoryWithItsProcess(DocumentedLine line) throws Exception {
        List<String> words = small(line);
        words.addAll(List.of("--pid", Long.toString(ProcessHandle.current().pid())));
        String said = run(words);
        assertFound("\n  serverCpuMicrosPerOp +[1-9]", said);
        if (!line.scenario().equals("churn")) { // none stays open
            assertFound("\n  serverRssBytesPerConnection ", said);
        }
    }

    /// All rows that the pages name, in one round.
    @Test
    void theSuiteHasTheFiguresThatThePagesName() throws Exception {
        TestTools.require("cc");
        TreeSet<String> rows = new TreeSet<>();
        for (DocumentedLine line : lines()) {
            if (line.scenario().equals("suite")) {
                int names = line.arguments().indexOf("--rows") + 1;
                rows.addAll(Arrays.asList(line.arguments().get(names).split(",")));
            }
        }
        assertEquals(FIGURES.keySet(), rows);
        List<String> words = new ArrayList<>(List.of("suite", "--rounds", "1"));
        words.addAll(List.of("--port", Integer.toString(threeFreePorts())));
        words.addAll(List.of("--rows", String.join(",", rows)));
        String said = run(words);
        FIGURES.values().forEach(figure -> assertFound("\\| " + figure, said));
    }

    /// Of the others a soak is judged after two minutes at the earliest: see `CtrlCIT`.
    @Test
    void nothingElseIsNamed() throws IOException {
        List<DocumentedLine> others =
                lines().stream()
                        .filter(line -> !SHORT.containsKey(line.scenario()))
                        .filter(line -> !line.scenario().equals("suite"))
                        .filter(line -> !line.scenario().equals("SCENARIO"))
                        .toList();
        assertEquals(List.of(), others);
    }

    private static List<String> small(DocumentedLine line) {
        List<String> words = new ArrayList<>(line.arguments());
        for (int i = 1; i < words.size(); i++) {
            String option = words.get(i - 1);
            if (SMALL.containsKey(option)) {
                words.set(i, SMALL.get(option));
            } else if (RATES.contains(option)) {
                words.set(i, "200");
            }
        }
        words.replaceAll(
                word -> word.replaceFirst("//[^/]+:8080/", "//127.0.0.1:" + heddle.port() + "/"));
        if (words.stream().noneMatch(word -> word.startsWith("ws://"))) {
            words.add("ws://127.0.0.1:" + heddle.port() + "/ws");
        }
        List<String> more = SHORT.getOrDefault(line.scenario(), List.of());
        if (Collections.disjoint(words, more)) {
            words.addAll(more);
        }
        return words;
    }

    /// What it prints; it must end well.
    private static String run(List<String> words) throws Exception {
        List<String> command = new ArrayList<>(List.of("ops/heddle", "bench"));
        command.addAll(words);
        Process bench =
                new ProcessBuilder(command)
                        .directory(TOP.toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        String said = new String(bench.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, bench.waitFor(), said);
        return said;
    }

    private static void assertFound(String pattern, String said) {
        assertTrue(Pattern.compile(pattern).matcher(said).find(), () -> pattern + " in " + said);
    }

    /// Of ports above each other, the first.
    private static int threeFreePorts() {
        for (int port = 20_000; port < 30_000; port += 3) {
            try (ServerSocket _ = new ServerSocket(port);
                    ServerSocket _ = new ServerSocket(port + 1);
                    ServerSocket _ = new ServerSocket(port + 2)) {
                return port;
            } catch (IOException taken) {
                // the next three
            }
        }
        throw new AssertionError("no three free ports");
    }
}
