package dev.heddle.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.Heddle;
import dev.heddle.support.Patience;
import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

class TopCommandTest {
    private final Terminal terminal = new Terminal();

    @Test
    void printsOnePictureOfARunningServer() throws Exception {
        try (Heddle server = Heddle.start(TestServer.settings());
                RawClient client = RawClient.open(server.port(), "/echo")) {
            client.send(RawFrame.text("hello"));
            client.readFrame();
            String line = "top --once --internal-port " + server.internalPort();
            assertEquals(0, terminal.run(Map.of("COLUMNS", "80"), line), terminal.err());
            String out = terminal.out();
            assertTrue(
                    out.startsWith(
                            "Heddle at http://127.0.0.1:" + server.internalPort() + ": live, up "),
                    out);
            assertTrue(out.contains("  Connections            1 0 users"), out);
            assertTrue(out.contains("         1  waiting for a frame"), out);
            assertTrue(out.contains("127.0.0.1:"), out);
            assertEquals(-1, out.indexOf('\u001b'), "no sequence for terminals");
        }
    }

    /// A dash stands for what the server has not said, so a metric's name is wrong there. Times are
    /// unknown while nothing happens.
    @Test
    void theServerHasEveryNumber() throws Exception {
        try (Heddle server = Heddle.start(TestServer.settings())) {
            String line = "top --once --internal-port " + server.internalPort();
            assertEquals(0, terminal.run(Map.of("COLUMNS", "60"), line), terminal.err());
            List<String> unknown =
                    terminal.out()
                            .replaceAll("p[59][09] +-", "")
                            .lines()
                            .filter(text -> text.matches(".* -( .*)?"))
                            .toList();
            assertEquals(List.of(), unknown, terminal.out());
        }
    }

    @Test
    void saysInALineThatNoServerAnswers() throws Exception {
        int port;
        try (Heddle gone = Heddle.start(TestServer.settings())) {
            port = gone.internalPort();
        }
        assertEquals(1, terminal.run("top --once --internal-port " + port));
        assertEquals(
                "heddle: no server answers at http://127.0.0.1:" + port + "; is it running?\n",
                terminal.err());
    }

    @Test
    void withoutATerminalItSaysWhatToDo() {
        assertEquals(2, terminal.run("top"));
        assertEquals(
                "heddle: top needs a terminal; heddle top --once prints one picture\n",
                terminal.err());
        assertEquals("", terminal.out());
    }

    @Test
    void comesBackWhenTheServerDoes() throws Exception {
        Heddle server = Heddle.start(TestServer.settings());
        String port = Integer.toString(server.internalPort());
        CompletableFuture<Integer> top = showing(port);
        awaitShown(": live, up ");
        server.close();
        awaitShown(": lost, trying again, up ");
        terminal.clear();
        try (Heddle again = started(port)) {
            awaitShown(": live, up ");
            assertFalse(top.isDone());
            assertEquals(Integer.parseInt(port), again.internalPort());
        } finally {
            terminal.clear();
            awaitShown("lost");
            top.cancel(true);
        }
    }

    private static Heddle started(String internalPort) throws IOException {
        return Heddle.start(TestServer.configured(Map.of("HEDDLE_INTERNAL_PORT", internalPort)));
    }

    private void awaitShown(String text) {
        await().atMost(Patience.BOUND).until(() -> terminal.out().contains(text));
    }

    private CompletableFuture<Integer> showing(String port) {
        Invocation invocation =
                new Invocation(
                        terminal.console(),
                        Map.of("HEDDLE_INTERNAL_PORT", port),
                        new SettingOptions());
        TopCommand top = new TopCommand(invocation, () -> true);
        CompletableFuture<Integer> ended = new CompletableFuture<>();
        Thread thread =
                Thread.startVirtualThread(
                        () -> {
                            try {
                                ended.complete(top.call());
                            } catch (Complaint | InterruptedException failed) {
                                ended.completeExceptionally(failed);
                            }
                        });
        var _ = ended.whenComplete((_, _) -> thread.interrupt());
        return ended;
    }
}
