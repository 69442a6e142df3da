package dev.heddle.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// What cannot be done is said in one line, and the exit code is 2.
class CommandsTest {
    private static void assertRefused(String... arguments) {
        PrintStream standard = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        int code;
        try {
            code = Commands.execute(arguments);
        } finally {
            System.setErr(standard);
        }
        String text = said.toString(StandardCharsets.UTF_8);
        assertEquals(2, code, text);
        assertEquals(1, text.lines().count(), text);
        assertTrue(text.startsWith("heddle bench") && !text.contains("null;"), text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "\u0000\u0001garbage",
                "{\"scenario\": \"echo\", \"param",
                "{\"scenario\": 3}",
                "{\"unknown\": {}}",
                """
                {"scenario": "echo", "parameters": {}, "environment": null,
                 "started": "2026-11-21T11:00:00Z", "seconds": 1, "figures": {},
                 "latencies": [], "series": [], "counts": {}}
                """,
                """
                {"scenario": "echo", "parameters": {}, "environment": {"system": "", "processor": "",
                 "cores": 1, "memoryBytes": 1, "java": ""},
                 "started": "2026-11-21T11:00:00Z", "seconds": 1, "figures": {"x": null},
                 "latencies": [null], "series": [], "counts": {}}
                """
            })
    void comparesNoGarbage(String garbage, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("result.json"), garbage);
        assertRefused("compare", file.toString(), file.toString());
        assertRefused("compare", folder.toString(), folder.resolve("missing").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect", "echo", "broadcast", "churn", "storm", "soak --pid 1"})
    void refusesAServerThatCannotBeReached(String scenario) throws IOException {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
        }
        assertRefused((scenario + " ws://127.0.0.1:" + port).split(" ", -1));
        assertRefused((scenario + " ws://no.such.host.invalid/").split(" ", -1));
        assertRefused((scenario + " http://127.0.0.1/").split(" ", -1));
        assertRefused((scenario + " ws://127.0.0.1:70000/").split(" ", -1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "unknown",
                "connect -n 0",
                "connect -n many",
                "connect --waves -1",
                "connect --hold NaN",
                "connect --in-flight 0",
                "connect --source 127.0.0.x",
                "connect --header nothing",
                "connect --handshake-timeout 0",
                "connect --processes -1",
                "connect --unknown",
                "echo --bytes 15",
                "echo --bytes 2000000000",
                "echo --depth 0",
                "echo --time -1",
                "echo --rate -1",
                "broadcast -m 0",
                "broadcast --window -1",
                "broadcast --via pigeon",
                "broadcast --via http --http-connections 0",
                "broadcast --via http --http-path benchmark",
                "broadcast --stall Infinity",
                "churn --rate 0",
                "churn --close-wait -1",
                "storm --ping-rate 0",
                "storm --bystanders -1",
                "storm --within -1",
                "soak --minutes 1.9",
                "soak --pid 1",
                "suite --rounds 0",
                "suite --rows nothing",
                "compare one"
            })
    void refusesWhatMakesNoSense(String arguments) {
        assertRefused(arguments.isEmpty() ? new String[0] : arguments.split(" ", -1));
    }
}
