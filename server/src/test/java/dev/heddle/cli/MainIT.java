package dev.heddle.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.heddle.support.ClassArchive;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Runs the packaged jar in a process of its own.
class MainIT {
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final Path JAR = Path.of("target", "heddle.jar");

    private static final Pattern VERSION =
            Pattern.compile(
                    "heddle 0\\.1\\.0 \\(commit ([0-9a-f]{12}) of ([0-9-]{10})( with changes)?,"
                            + " Java [^)]+\\)\n");

    @TempDir private Path folder;
    private final List<Process> processes = new ArrayList<>();

    /// What a process that has ended leaves.
    private record Ended(int exitCode, String out, String err) {}

    @AfterEach
    void endProcesses() {
        processes.forEach(Process::destroyForcibly);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--help | 0 | Usage: heddle [COMMAND] ",
                "--version | 0 | heddle ",
                "config --port 9000 | 0 | host: 0.0.0.0 ",
            })
    void answersOnTheOutputStream(String line, int exitCode, String start) throws Exception {
        Ended ended = run(line.split(" "));
        assertEquals(exitCode, ended.exitCode(), ended.err());
        assertTrue(ended.out().startsWith(start), ended.out());
        assertEquals("", ended.err());
    }

    @Test
    void theJarKnowsItsVersionAndCommit() throws Exception {
        String said = run("--version").out();
        Matcher version = VERSION.matcher(said);
        assertTrue(version.matches(), said);
        String date = git("log", "-1", "--date=short-local", "--format=%cd", version.group(1));
        assertEquals(date, version.group(2));
    }

    /// What git prints; the calling test is left out where the sources have no `.git`.
    private static String git(String... arguments) throws Exception {
        List<String> command = Stream.concat(Stream.of("git"), Stream.of(arguments)).toList();
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("TZ", "UTC");
        Process git = builder.start();
        String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assumeTrue(git.waitFor() == 0, "the sources are no clone");
        return said.strip();
    }

    @Test
    void whatConfigPrintsCanBeTheFile() throws Exception {
        String first = run("config", "--port", "9000", "--allow-origin", "https://a.b").out();
        Path file = Files.writeString(folder.resolve("heddle.yaml"), first);
        Ended second = run("config", "--config", file.toString());
        assertEquals(0, second.exitCode(), second.err());
        assertEquals(values(first), values(second.out()));
    }

    @Test
    void aMistakeInTheFileIsOneLineThatNamesItAndExitCode2() throws Exception {
        Path file = Files.writeString(folder.resolve("heddle.yaml"), "limits:\n  head-byte: 1\n");
        assertEquals(
                new Ended(
                        2,
                        "",
                        file
                                + ":2: unknown key limits.head-byte; did you mean"
                                + " limits.head-bytes?\n"),
                run("--config", file.toString()));
    }

    @Test
    void anUnknownOptionIsOneLineAndExitCode2() throws Exception {
        assertEquals(
                new Ended(2, "", "heddle: unknown option --prot; did you mean --port?\n"),
                run("--prot", "1"));
    }

    @Test
    void aPortInUseIsOneLineAndExitCode1() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            String error = "heddle: port " + port + " on 127.0.0.1 is in use; choose another with ";
            assertEquals(
                    new Ended(1, "", error + "--port\n"),
                    run("--host", "127.0.0.1", "--port", port, "--internal-port", "0"));
            assertEquals(
                    new Ended(1, "", error + "--internal-port\n"),
                    run("--host", "127.0.0.1", "--port", "0", "--internal-port", port));
        }
    }

    @Test
    void servesUntilSigtermAndEndsWithExitCode0() throws Exception {
        Process process =
                start(
                        "--host",
                        "127.0.0.1",
                        "--port",
                        "0",
                        "--internal-port",
                        "0",
                        "--diagnostics");
        List<String> banner = banner(process);
        int port = Integer.parseInt(banner.getFirst().replaceFirst(".*:", ""));
        try (Socket browser = new Socket(InetAddress.getLoopbackAddress(), port)) {
            assertTrue(browser.isConnected());
        }
        process.destroy();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0123456789abcdef0123456789abcdef"})
    void saysInOneLineThatLoginIsOpenAndOnlyThen(String secret) throws Exception {
        Process process =
                start(
                        Map.of("HEDDLE_TOKEN_SECRET", secret),
                        "--host",
                        "127.0.0.1",
                        "--port",
                        "0",
                        "--internal-port",
                        "0");
        assertNotNull(banner(process));
        process.toHandle().destroy(); // which leaves its streams open
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(
                secret.isEmpty()
                        ? "heddle: warning: without a key, /acc accepts any user id unchecked;"
                                + " set token.secret or token.key-file to change that\n"
                        : "",
                err);
    }

    @Test
    void aKeyThatCannotBeUsedIsOneLineAndExitCode1() throws Exception {
        Path file = Files.writeString(folder.resolve("key.pem"), "no key");
        assertEquals(
                new Ended(
                        1,
                        "",
                        "heddle: cannot serve: token.key-file "
                                + file
                                + " is neither PEM nor a JWK nor a JWKS\n"),
                run("--set", "token.key-file=" + file, "--set", "warm-up=0s"));
    }

    @Test
    void makesATokenThatItAccepts() throws Exception {
        Path file = Files.writeString(folder.resolve("secret"), "0123456789abcdef0123456789abcdef");
        String secret = "token.secret-file=" + file;
        Ended made = run("token", "--user", "alice", "--set", secret);
        assertTrue(made.out().matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+\n"), made.out());
        Ended checked = run("token", "check", made.out().strip(), "--set", secret);
        assertEquals(0, checked.exitCode(), checked.err());
        assertTrue(checked.out().startsWith("accepted\n"), checked.out());
    }

    private static List<String> banner(Process process) throws IOException {
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        List<String> banner = new ArrayList<>();
        while (!banner.contains("Ctrl-C drains and stops.")) {
            String line = out.readLine();
            assertNotNull(line, () -> "ended after " + banner);
            banner.add(line);
        }
        return banner;
    }

    private Ended run(String... arguments) throws IOException, InterruptedException {
        Process process = start(arguments);
        process.getOutputStream().close();
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), out, err);
    }

    private Process start(String... arguments) throws IOException {
        return start(Map.of(), arguments);
    }

    private Process start(Map<String, String> variables, String... arguments) throws IOException {
        List<String> command =
                Stream.concat(ClassArchive.command(JAVA, JAR).stream(), Stream.of(arguments))
                        .toList();
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.matches("HEDDLE_.*|J.*_OPTIONS"));
        builder.environment().putAll(variables);
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    private static List<String> values(String printed) {
        return printed.lines().map(line -> line.replaceFirst(" +#.*", "")).toList();
    }
}
