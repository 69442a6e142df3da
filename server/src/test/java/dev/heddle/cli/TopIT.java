package dev.heddle.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.support.ClassArchive;
import dev.heddle.support.Patience;
import dev.heddle.support.ServerProcess;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// `heddle top` of the packaged jar in a terminal, which `script` makes.
class TopIT {
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final Path JAR = Path.of("target", "heddle.jar");
    private static final String ENTER = "\u001b[?1049h";
    private static final String LEAVE = "\u001b[?25h\u001b[?1049l";
    private static final String CTRL_C = "\u0003";

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private ServerProcess server;
    private Process terminal;

    @BeforeEach
    void open() throws IOException {
        server = new ServerProcess("");
        String top =
                "stty rows 12 cols 70; %s top --internal-port %d; echo ended with $?"
                        .formatted(
                                String.join(" ", ClassArchive.command(JAVA, JAR)),
                                server.internalPort());
        ProcessBuilder builder =
                new ProcessBuilder(
                        "env", "--default-signal=INT", "script", "-qfc", top, "/dev/null");
        builder.environment().keySet().removeIf(name -> name.matches("HEDDLE_.*|J.*_OPTIONS"));
        builder.environment().put("SHELL", "/bin/bash");
        terminal = builder.redirectErrorStream(true).start();
        Thread.ofPlatform().daemon().start(this::read);
    }

    @AfterEach
    void close() throws IOException {
        terminal.destroyForcibly();
        server.close();
    }

    @Test
    void fitsTheTerminalAndGivesItBackAtCtrlC() throws Exception {
        awaitShown(": live, up ");
        assertTrue(shown().contains(ENTER), shown());
        press(CTRL_C);
        assertTrue(terminal.waitFor(Patience.BOUND.toSeconds(), TimeUnit.SECONDS));
        String all = shown();
        assertEquals(all.indexOf(LEAVE), all.lastIndexOf(LEAVE));
        String afterwards = all.substring(all.indexOf(LEAVE) + LEAVE.length());
        assertTrue(!afterwards.contains("Heddle at"), afterwards);
        String picture = all.substring(all.indexOf("Heddle at"), all.indexOf("\u001b[J"));
        List<String> lines = List.of(picture.split("\r+\n", -1));
        assertEquals(12, lines.size(), picture);
        lines.stream()
                .map(line -> line.replaceAll("\u001b\\[[0-9;]*[A-Za-z]", ""))
                .forEach(line -> assertTrue(line.length() <= 70, line));
    }

    @Test
    void saysThatTheServerIsGoneAndThatItStopsAnswering() throws Exception {
        awaitShown(": live, up ");
        server.signal("STOP");
        awaitShown(": lost, trying again");
        server.signal("CONT");
        int lost = shown().lastIndexOf(": lost");
        await().atMost(Patience.BOUND).until(() -> shown().indexOf(": live", lost) > 0);
        server.process().destroyForcibly();
        int live = shown().lastIndexOf(": live");
        await().atMost(Patience.BOUND).until(() -> shown().indexOf(": lost", live) > 0);
    }

    private void awaitShown(String text) {
        await().atMost(Patience.BOUND).until(() -> shown().contains(text));
    }

    private String shown() {
        return shown.toString(StandardCharsets.UTF_8);
    }

    private void press(String key) throws IOException {
        terminal.getOutputStream().write(key.getBytes(StandardCharsets.US_ASCII));
        terminal.getOutputStream().flush();
    }

    private void read() {
        try (InputStream in = terminal.getInputStream()) {
            in.transferTo(shown);
        } catch (IOException ended) {
            shown.writeBytes(ended.toString().getBytes(StandardCharsets.UTF_8));
        }
    }
}
