package dev.heddle.checker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import java.util.regex.Pattern;

import javax.tools.ToolProvider;

/// The checker finds bugs that are put into the server on purpose: one of its sources is changed,
/// compiled, and put before the right class in a class loader of its own.
class PlantedBugsIT {
    private static final Path SOURCES = Path.of("src", "main", "java", "dev", "heddle");
    private static final String[] TRIAL = {
        "--seconds=6", "--clients=32", "--channels=2", "--cut=600", "--rate=300"
    };

    /// Waits for as long as a thread on a busy machine does: the gap is there without that too, but
    /// then it takes minutes until something falls into it.
    private static final String AFTER_THE_HISTORY =
            """
            var before = Missed.by(asked).beginning(channels, asked.channel());
            java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
            Optional<Subscription> begun =
            """;

    /// @param changes texts of the source, each followed by what stands there instead
    /// @param found what the checker must say; nothing when there is no bug
    record Bug(String name, String source, List<String> changes, String found) {
        @Override
        public String toString() {
            return name;
        }
    }

    /// What the checker says, and its exit code.
    private record Answer(int code, String said) {}

    private static final Map<String, FutureTask<Answer>> CHECKS = new HashMap<>();

    private static final int TRIALS = 10;

    @TempDir private static Path all;

    static List<Bug> bugs() {
        return List.of(
                new Bug("none", "broker/memory/Log.java", List.of(), ""),
                new Bug(
                        "acknowledges before it appends",
                        "broker/memory/MemoryBroker.java",
                        List.of(
                                """
                                return publish(channel, log, message, once ? key(channel, message) : "");
                                """,
                                """
                                Thread.startVirtualThread(() -> {
                                    log.order.lock();
                                    try {
                                        publish(channel, log, message, once ? key(channel, message) : "");
                                    } finally {
                                        log.order.unlock();
                                    }
                                });
                                Position now = log.position();
                                return new Published(new Position(now.epoch(), now.offset() + 1), Outcome.DELIVERED);
                                """),
                        "reordered"),
                new Bug(
                        "recovers one too few",
                        "broker/memory/Log.java",
                        List.of(
                                "offset - since.offset())",
                                "Math.max(0, offset - since.offset() - 1))"),
                        "lost"),
                new Bug(
                        "recovers one too many",
                        "broker/memory/Log.java",
                        List.of("offset - since.offset())", "offset - since.offset() + 1)"),
                        "duplicated"),
                new Bug(
                        "subscribes after it has read the history",
                        "acc/ChannelHandlers.java",
                        List.of(
                                "Optional<Subscription> begun =",
                                AFTER_THE_HISTORY,
                                "ChannelData.Subscribed data = Missed.by(asked).beginning(channels,"
                                        + " asked.channel());",
                                "ChannelData.Subscribed data = before;"),
                        "lost"));
    }

    /// All at once, because they mostly wait.
    @BeforeAll
    static void check() {
        for (Bug bug : bugs()) {
            FutureTask<Answer> check = new FutureTask<>(() -> check(bug));
            CHECKS.put(bug.name(), check);
            Thread.ofPlatform().daemon().start(check);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bugs")
    void isFound(Bug bug) throws Exception {
        Answer answer = Objects.requireNonNull(CHECKS.get(bug.name())).get();
        String said = answer.said();
        assertEquals(bug.found().isEmpty() ? 0 : 1, answer.code(), said);
        assertTrue(Pattern.compile(bug.found() + " +[1-9]").matcher(said).find(), said);
    }

    /// A machine that is busy with something else gets little of a trial done, and a bug that was
    /// not met then is no bug that was missed: so there are several trials for it.
    private static Answer check(Bug bug) throws Exception {
        Path folder = Files.createDirectory(all.resolve(bug.name()));
        compile(bug, folder);
        Answer answer = tryOnce(folder);
        for (int i = 1; i < TRIALS && answer.code() == 0 && !bug.found().isEmpty(); i++) {
            answer = tryOnce(folder);
        }
        return answer;
    }

    private static Answer tryOnce(Path folder) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int code;
        try (URLClassLoader classes =
                new URLClassLoader(path(folder), ClassLoader.getPlatformClassLoader())) {
            code =
                    (int)
                            Objects.requireNonNull(
                                    classes.loadClass(CheckChannels.class.getName())
                                            .getMethod("run", PrintStream.class, String[].class)
                                            .invoke(null, new PrintStream(out, true), TRIAL));
        }
        return new Answer(code, out.toString(StandardCharsets.UTF_8));
    }

    private static void compile(Bug bug, Path folder) throws Exception {
        String source = Files.readString(SOURCES.resolve(bug.source()));
        for (int i = 0; i < bug.changes().size(); i += 2) {
            String from = bug.changes().get(i).strip();
            assertEquals(1, source.split(Pattern.quote(from), -1).length - 1, "places of " + from);
            source = source.replace(from, bug.changes().get(i + 1).strip());
        }
        Path file = folder.resolve(SOURCES.resolve(bug.source()).getFileName());
        Files.writeString(file, source);
        String[] options = {
            "-proc:none", "-d", folder.toString(), "-cp", classPath(), file.toString()
        };
        assertEquals(
                0, ToolProvider.getSystemJavaCompiler().run(null, null, null, options), bug.name());
    }

    private static URL[] path(Path first) throws Exception {
        List<URL> path = new ArrayList<>(List.of(first.toUri().toURL()));
        for (String entry : classPath().split(File.pathSeparator, -1)) {
            path.add(Path.of(entry).toUri().toURL());
        }
        return path.toArray(URL[]::new);
    }

    private static String classPath() {
        return System.getProperty("java.class.path");
    }
}
