package dev.heddle.clients;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.Heddle;
import dev.heddle.support.CuttingProxy;
import dev.heddle.support.HttpApi;
import dev.heddle.support.Patience;
import dev.heddle.support.TestServer;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The client in Java of `client-html/README.md`, as it stands there.
class JavaExampleIT {
    private static final Path PAGE = Path.of("..", "client-html", "README.md");
    private static final Pattern CODE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    private final HttpApi api = new HttpApi();
    private final List<String> lines = new CopyOnWriteArrayList<>();

    @TempDir private Path folder;

    @Test
    void printsWhatIsPublishedAndComesBack() throws Exception {
        Matcher code = CODE.matcher(Files.readString(PAGE));
        assertTrue(code.find());
        Path source = Files.writeString(folder.resolve("Watch.java"), code.group(1));
        try (Heddle server = Heddle.start(TestServer.settings());
                CuttingProxy network = new CuttingProxy(server.port())) {
            String uri = "ws://127.0.0.1:" + network.port() + "/acc";
            Process watch =
                    new ProcessBuilder(JAVA.toString(), source.toString(), uri, "alice", "news")
                            .redirectErrorStream(true)
                            .start();
            BufferedReader out = watch.inputReader();
            Thread reader = Thread.startVirtualThread(() -> out.lines().forEach(lines::add));
            try {
                awaitLine("\"cmd\":\"subscribe\"", "\"code\":200");
                api.publish(server.internalPort(), "news", "\"one\"");
                awaitLine("\"cmd\":\"publication\"", "\"data\":\"one\"");
                network.freeze();
                network.reset();
                api.publish(server.internalPort(), "news", "\"two\"");
                network.thaw();
                awaitLine("\"recovered\":true", "\"data\":\"two\"");
                assertTrue(lines.stream().noneMatch(line -> line.contains("xception")));
            } finally {
                watch.destroyForcibly().waitFor();
                reader.join();
            }
        }
    }

    private void awaitLine(String... parts) {
        Awaitility.await(String.join(" ", parts))
                .atMost(Patience.BOUND)
                .until(
                        () ->
                                lines.stream()
                                        .anyMatch(
                                                line ->
                                                        List.of(parts).stream()
                                                                .allMatch(line::contains)));
    }
}
