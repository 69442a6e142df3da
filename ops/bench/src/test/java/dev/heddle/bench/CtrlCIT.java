package dev.heddle.bench;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.Heddle;
import dev.heddle.bench.support.RealHeddle;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A real SIGINT to a real process of the load tool.
class CtrlCIT {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @ParameterizedTest
    @CsvSource({
        "100, broadcast -n 20 -m 100000 -r 20 ws://127.0.0.1:PORT/ws",
        "10000, soak --minutes 5 --pid PID ws://127.0.0.1:PORT",
    })
    void endsARunWithWhatItHasUntilThen(int messages, String line) throws Exception {
        try (Heddle heddle = RealHeddle.start(Map.of())) {
            String arguments =
                    line.replace("PORT", String.valueOf(heddle.port()))
                            .replace("PID", String.valueOf(ProcessHandle.current().pid()));
            Process bench = start(arguments);
            try {
                await().atMost(Duration.ofMinutes(2))
                        .until(() -> messagesSent(heddle) >= messages || !bench.isAlive());
                assertTrue(bench.isAlive(), "it has ended by itself");
                new ProcessBuilder("kill", "-INT", Long.toString(bench.pid())).start().waitFor();
                byte[] output = bench.getInputStream().readAllBytes();
                String said = new String(output, StandardCharsets.UTF_8);
                assertTrue(said.contains("stopped early; so far:"), said);
                assertTrue(Pattern.compile("\n  ops +[1-9]").matcher(said).find(), said);
            } finally {
                bench.destroyForcibly();
            }
        }
    }

    private static long messagesSent(Heddle heddle) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + heddle.internalPort() + "/metrics");
        HttpRequest request = HttpRequest.newBuilder(uri).build();
        Matcher sent =
                Pattern.compile("heddle_messages_sent_total ([0-9.E]+)")
                        .matcher(HTTP.send(request, BodyHandlers.ofString()).body());
        return sent.find() ? (long) Double.parseDouble(sent.group(1)) : 0;
    }

    /// A shell that started this in the background would have it ignore the signal.
    private static Process start(String arguments) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command =
                new ArrayList<>(List.of("env", "--default-signal=INT", java.toString()));
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp"));
        command.addAll(List.of(System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(arguments.split(" ")));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }
}
