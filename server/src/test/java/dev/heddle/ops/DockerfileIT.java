package dev.heddle.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.support.AccClient;
import dev.heddle.support.ServerProcess;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.spi.ToolProvider;

/// The commands of the Dockerfile, taken from it and carried out here, where no engine need be: the
/// runtime that it links serves, its health check tells the living from the dead.
class DockerfileIT {
    @TempDir private static Path folder;

    private static Dockerfile file;

    @BeforeAll
    static void linkRuntime() throws IOException {
        file = Dockerfile.read();
        List<String> words =
                List.of(file.after("RUN jlink ").replace("/runtime", runtime()).split(" +"));
        int exitCode =
                ToolProvider.findFirst("jlink")
                        .orElseThrow()
                        .run(System.out, System.err, words.toArray(String[]::new));
        assertEquals(0, exitCode, words::toString);
    }

    @Test
    void theLinkedRuntimeCarriesAChat() throws Exception {
        try (ServerProcess server = start()) {
            try (AccClient anna = AccClient.login(server.port(), 101, "anna");
                    AccClient bob = AccClient.login(server.port(), 101, "bob")) {
                anna.say("hello");
                bob.hear("anna", "hello");
            }
            assertEquals(200, server.get("/").statusCode());
            for (String path : List.of("/metrics", "/api/v1/users", "/system/state")) {
                assertEquals(200, server.getInternal(path).statusCode(), path);
            }

            assertEquals(0, exitCodeOfHealthCheck(server));
            server.process().destroyForcibly().waitFor();
            assertNotEquals(0, exitCodeOfHealthCheck(server));
        }
    }

    /// What our own code needs. What libraries need only where it is there (`java.desktop`,
    /// `java.sql`, `java.xml`) is not among it; the other test shows that they go without.
    @Test
    void theLinkedRuntimeHasEveryModuleThatTheServerNeeds() throws Exception {
        String all = file.after("RUN jlink ");
        Set<String> linked = Set.of(all.substring(all.lastIndexOf(' ') + 1).split(","));
        StringWriter out = new StringWriter();
        PrintWriter printer = new PrintWriter(out);
        ToolProvider.findFirst("jdeps")
                .orElseThrow()
                .run(
                        printer,
                        printer,
                        "--multi-release",
                        "25",
                        "--ignore-missing-deps",
                        "--print-module-deps",
                        "target/classes");
        String needed = out.toString().strip();
        assertTrue(needed.startsWith("java.base"), needed);
        assertTrue(linked.containsAll(Set.of(needed.split(",", -1))), needed);
    }

    @Test
    void theImageRunsAsNobody() throws IOException {
        assertTrue(file.after("USER ").matches("[1-9][0-9]*:[1-9][0-9]*"));
    }

    private static String runtime() {
        return folder.resolve("runtime").toString();
    }

    private static ServerProcess start() throws IOException {
        List<String> program = new ArrayList<>();
        for (String word : file.words("ENTRYPOINT ")) {
            program.add(
                    word.replace("/opt/heddle/runtime", runtime())
                            .replace("/opt/heddle/heddle.jar", "target/heddle.jar")
                            .replace("/opt/heddle/jvm.options", "../ops/jvm.options"));
        }
        String[] variable = file.after("ENV ").split("=", 2);
        return new ServerProcess(program, Map.of(variable[0], variable[1]));
    }

    private static int exitCodeOfHealthCheck(ServerProcess server) throws Exception {
        String port = Integer.toString(server.internalPort());
        List<String> command =
                file.words("HEALTHCHECK ").stream()
                        .map(word -> word.replace("8081", port))
                        .toList();
        return new ProcessBuilder(command).start().waitFor();
    }
}
