package dev.heddle.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.support.ClassArchive;
import dev.heddle.support.FreePort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// A shell in a folder of its own, for the commands of the documents as they stand there: with an
/// `ops/heddle`, and other ports in place of the usual ones. What would not end does: a server goes
/// on behind, until this is closed, a Redis too; `tail` and `curl -N` end after some seconds; and a
/// recording of 30 seconds takes two. **Not thread-safe.**
final class ManualShell implements AutoCloseable {
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin");
    private static final Path JAR = Path.of("target", "heddle.jar").toAbsolutePath();
    private static final Pattern PORT = Pattern.compile("\\b(808\\d|9000|6379)\\b");

    private static final String LAUNCHER =
            """
            #!/usr/bin/env bash
            set -u
            heddle="HEDDLE"
            case ${1:-} in
              tail) timeout -s INT 5 $heddle "$@" || [ $? = 124 ] ;;
              doctor) $heddle "$@" || [ $? = 1 ] ;; # this machine holds less
              jfr) sleep 1.1 && exec $heddle "$@" ;; # a file is named after its second
              config | conns | token | top | where) exec $heddle "$@" ;;
              *)
                said=$(mktemp -p "$PWD")
                $heddle "$@" </dev/null >"$said" 2>&1 &
                echo $! >>servers
                until grep -q '^Ctrl-C' "$said"; do
                  kill -0 $! 2>/dev/null || { cat "$said"; exit 1; }
                  sleep 0.1
                done
                cat "$said"
                ;;
            esac
            """;

    /// Without `-N` an answer ends.
    private static final String BEGINNING =
            """
            set -euo pipefail
            curl() {
              case " $* " in
                *" -N "*) command curl -sS --max-time 3 "$@" || [ $? = 28 ] ;;
                *) command curl -sS --fail-with-body "$@" ;;
              esac
            }
            redis-server() {
              command redis-server --bind 127.0.0.1 --port "$REDIS_PORT" "$@" </dev/null >redis.log 2>&1 &
              echo $! >>servers
              until (: >"/dev/tcp/127.0.0.1/$REDIS_PORT") 2>/dev/null; do
                kill -0 $! || exit 1
                sleep 0.1
              done
            }
            """;

    private final Path folder;
    private final Map<String, Integer> ports = new HashMap<>();
    private String files = "";

    ManualShell(Path folder) throws IOException {
        this.folder = folder;
        Path launcher = folder.resolve("ops").resolve("heddle");
        Files.createDirectories(folder.resolve("ops"));
        String heddle = String.join(" ", ClassArchive.command(JAVA.resolve("java"), JAR));
        Files.writeString(launcher, LAUNCHER.replace("HEDDLE", heddle));
        assertEquals(true, launcher.toFile().setExecutable(true));
    }

    /// Puts a file into the folder, with the ports of this test.
    void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), withPorts(text));
        files += "\n" + text;
    }

    /// What commands print, which must end well.
    String run(String commands) throws IOException, InterruptedException {
        String script =
                BEGINNING
                        + withPorts(commands)
                                .replace("seconds=30", "seconds=2")
                                .replace("--seconds 30", "--seconds 2");
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", script);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("HEDDLE_"));
        environment.put("HEDDLE_WARM_UP", "0s");
        environment.put("REDIS_PORT", Integer.toString(port("6379")));
        environment.put("PATH", JAVA + ":" + environment.get("PATH"));
        if (!files.contains("\nport:")) { // the environment is stronger than a file
            environment.put("HEDDLE_PORT", Integer.toString(port("8080")));
        }
        if (!files.contains("\ninternal:")) {
            environment.put("HEDDLE_INTERNAL_PORT", Integer.toString(port("8081")));
        }
        Process shell = builder.directory(folder.toFile()).redirectErrorStream(true).start();
        shell.getOutputStream().close();
        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, shell.waitFor(), () -> script + said);
        return said;
    }

    @Override
    public void close() throws IOException {
        Path servers = folder.resolve("servers");
        if (Files.exists(servers)) {
            for (String id : Files.readAllLines(servers)) {
                ProcessHandle.of(Long.parseLong(id))
                        .ifPresent(
                                server -> {
                                    server.destroyForcibly();
                                    server.onExit().join();
                                });
            }
        }
    }

    private String withPorts(String text) {
        return PORT.matcher(text)
                .replaceAll((MatchResult usual) -> Integer.toString(port(usual.group(1))));
    }

    private int port(String usual) {
        return ports.computeIfAbsent(usual, _ -> FreePort.find());
    }
}
