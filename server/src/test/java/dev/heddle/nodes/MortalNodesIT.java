package dev.heddle.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.support.ApiClient;
import dev.heddle.support.HttpAnswer;
import dev.heddle.support.RealNodes;
import dev.heddle.support.ServerProcess;
import dev.heddle.support.Soon;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/// Nodes that die or stand still, each in a process of its own.
class MortalNodesIT {
    private static final int ROOM = 101;

    @RegisterExtension final RealNodes nodes = new RealNodes();

    private ServerProcess node(String name) throws IOException {
        return nodes.start(name, "cluster.lease=2s");
    }

    private Talker login(ServerProcess node, String user) throws IOException {
        Talker talker = Talker.login(node.port(), ROOM, user);
        nodes.add(
                () -> {
                    try {
                        talker.close();
                    } catch (IOException gone) {
                        // so has its node
                    }
                });
        return talker;
    }

    @Test
    void whoWasOnANodeThatDiedHasLeftOnceAndWhoCameBackInTimeNever() throws Exception {
        ServerProcess one = node("one");
        ServerProcess two = node("two");
        Talker anna = login(one, "anna");
        login(two, "bob");
        login(two, "carl");
        Soon.until(() -> anna.told("enter").size() == 2);
        two.signal("KILL");
        Talker bob = login(one, "bob");
        assertTrue(bob.ask("members", "{}").contains("carl"), "the lease has not ended");
        Soon.until(() -> anna.told("exit").size() == 1);
        assertEquals(List.of("exit carl"), anna.told("exit"));
        assertTrue(anna.ask("members", "{}").contains("[\"anna\",\"bob\"]"));
        assertEquals(List.of("enter bob", "enter carl"), anna.told("enter"));
        Soon.until(() -> listing(one).split("\"version\"", -1).length == 2);
    }

    @Test
    void aNodeThatStandsStillBeyondItsLeaseNoticesThatItWasDead() throws Exception {
        ServerProcess one = node("one");
        ServerProcess two = node("two");
        Talker anna = login(one, "anna");
        Talker bob = login(two, "bob");
        Soon.until(() -> anna.told("enter").size() == 1);
        two.signal("STOP");
        Soon.until(() -> anna.told("exit").equals(List.of("exit bob")));
        two.signal("CONT");
        Soon.until(() -> anna.told("enter").equals(List.of("enter bob", "enter bob")));
        bob.ask("msgAll", "{\"message\":\"I am here\"}");
        Soon.until(() -> anna.told("msg").equals(List.of("msg bob")));
        bob.close();
        Soon.until(() -> anna.told("exit").equals(List.of("exit bob", "exit bob")));
        assertEquals(2, anna.told("enter").size());
    }

    @Test
    void whoDoesNotAnswerIsNamedInTheAnswer() throws Exception {
        ServerProcess one = nodes.start("one", "cluster.redis.timeout=500ms");
        ServerProcess two = nodes.start("two", "cluster.lease=60s");
        login(one, "anna");
        login(two, "bob");
        ApiClient api = new ApiClient(one.internalPort());
        String sessions = "/api/v1/users/bob/sessions";
        Soon.until(() -> api.ask("GET", sessions).body().contains("127.0.0.1"));
        Soon.until(() -> api.ask("GET", sessions).header("Heddle-Silent-Nodes").isEmpty());
        String connection =
                "/api/v1/connections/" + Talker.field(api.ask("GET", sessions).body(), "id");
        two.signal("STOP");
        String silent = whoIsSilent(() -> api.ask("GET", sessions), 503);
        assertTrue(silent.matches("two~\\w+"), silent);
        nodes.add(Talker.login(one.port(), ROOM + 1, "bob"));
        assertEquals(silent, whoIsSilent(() -> api.ask("GET", sessions), 200));
        for (int i = 0; i < 2; i++) { // known by then or not
            assertEquals(503, api.ask("GET", connection).status());
            two.signal("CONT");
            Soon.until(() -> api.ask("GET", connection).status() == 200);
            two.signal("STOP");
        }
        two.signal("CONT");
        Soon.until(() -> api.ask("GET", connection).status() == 200);
    }

    /// Asks until the node has heard itself in time, which it may not on a busy machine; then it
    /// says 503 and knows of nobody.
    private static String whoIsSilent(Callable<HttpAnswer> question, int status) {
        String[] silent = new String[1];
        Soon.until(
                () -> {
                    HttpAnswer answer = question.call();
                    silent[0] = answer.header("Heddle-Silent-Nodes");
                    boolean hasHeard = !silent[0].isEmpty() || answer.status() != 503;
                    assertTrue(!hasHeard || answer.status() == status, answer::toString);
                    return hasHeard;
                });
        return silent[0];
    }

    @Test
    void eachNodeSaysWhatTheOthersAre() throws Exception {
        ServerProcess one = node("one");
        node("two");
        Soon.until(() -> listing(one).contains("\"two~"));
        String listing = listing(one);
        assertTrue(listing.contains("\"self\":\"one~"), listing);
        assertTrue(listing.endsWith("\"silent\":[]}"), listing);
    }

    private static String listing(ServerProcess node) throws IOException, InterruptedException {
        return node.getInternal("/api/v1/nodes").body();
    }

    @Test
    void withoutRedisNothingOfItIsLoaded() throws Exception {
        try (ServerProcess alone = new ServerProcess("")) {
            login(alone, "anna").ask("subscribe", "{\"channel\":\"a\"}");
            assertFalse(classes(alone).contains("redis"));
            assertTrue(listing(alone).contains("\"self\":\"\""));
        }
        ServerProcess shared = node("one");
        assertTrue(classes(shared).contains("redis.clients.jedis"));
    }

    private static String classes(ServerProcess server) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process process =
                new ProcessBuilder(
                                jcmd.toString(),
                                Long.toString(server.process().pid()),
                                "VM.class_hierarchy")
                        .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        assertTrue(out.contains("dev.heddle.Heddle"), out);
        return out;
    }
}
