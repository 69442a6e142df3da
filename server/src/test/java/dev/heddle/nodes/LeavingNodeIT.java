package dev.heddle.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.support.AccClient;
import dev.heddle.support.ApiClient;
import dev.heddle.support.Patience;
import dev.heddle.support.RawFrame;
import dev.heddle.support.RealNodes;
import dev.heddle.support.ServerProcess;
import dev.heddle.support.Soon;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// A node that is taken out: its users move to another one, and nobody notices.
class LeavingNodeIT {
    private static final int ROOM = 101;
    private static final int USERS = 200;

    @RegisterExtension final RealNodes nodes = new RealNodes();

    private ServerProcess node(String name) throws IOException {
        String rule = "channels.rules=news history=100000 history-bytes=100MiB";
        return nodes.start(name, rule, "cluster.lease=60s");
    }

    /// Reads until the reply to a request, past all pushes.
    private static String reply(AccClient client, String command) throws IOException {
        String next = client.next();
        while (!next.contains("\"seq\":\"" + command + "\"")) {
            next = client.next();
        }
        return next;
    }

    private static String subscribe(AccClient client, String from) throws IOException {
        client.request("subscribe", "{\"channel\":\"news\"" + from + "}");
        String reply = reply(client, "subscribe");
        assertTrue(reply.contains("\"code\":200"), reply);
        return reply;
    }

    private AccClient login(ServerProcess node, int user) throws IOException {
        AccClient client = AccClient.open(node.port());
        client.line().readWithin(Patience.BOUND);
        client.request(
                "login",
                "{\"serviceToken\":\"\",\"appID\":%d,\"userID\":\"user%d\"}".formatted(ROOM, user));
        String reply = reply(client, "login");
        assertTrue(reply.contains("\"code\":200"), reply);
        return client;
    }

    /// Stays until it is sent away, and goes to the other node, from where it was.
    private String move(AccClient client, String epoch, ServerProcess other, int user)
            throws IOException {
        RawFrame frame = client.line().readFrame();
        while (frame.opcode() != RawFrame.CLOSE) {
            frame = client.line().readFrame();
        }
        assertEquals("server is going away; come back in 0s", frame.closeReason());
        client.agree(frame.closeCode());
        client.close();
        AccClient again = nodes.add(login(other, user));
        String from = ",\"recover\":{\"epoch\":\"%s\",\"offset\":0}".formatted(epoch);
        return subscribe(again, from);
    }

    @Test
    void itsUsersMoveWithoutExitAndMissNothing() throws Exception {
        ServerProcess one = node("one");
        ServerProcess two = node("two");
        Talker anna = nodes.add(Talker.login(two.port(), ROOM, "anna"));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> moved = new ArrayList<>();
            for (int i = 0; i < USERS; i++) {
                int user = i;
                AccClient client = login(one, user);
                String epoch = Talker.field(subscribe(client, ""), "epoch");
                moved.add(threads.submit(() -> move(client, epoch, two, user)));
            }
            Soon.until(() -> anna.told("enter").size() == USERS);
            one.postInternal("/api/v1/server/drain?over=6s");
            for (int i = 0; moved.stream().anyMatch(each -> !each.isDone()); i++) {
                assertEquals(200, publish(two, i));
            }
            for (Future<String> each : moved) {
                String reply = each.get();
                assertTrue(reply.contains("\"recovered\":true"), reply);
            }
        }
        assertEquals(0, one.awaitEnd(60), one::log);
        assertTrue(anna.ask("members", "{}").contains("user" + (USERS - 1)));
        assertEquals(
                USERS, anna.told("enter", "exit").size(), "who moves neither exits nor enters");
    }

    private static int publish(ServerProcess node, int number) throws IOException {
        return new ApiClient(node.internalPort())
                .ask(
                        "POST",
                        "/api/v1/channels/news/publications",
                        "application/json",
                        "{\"data\":" + number + "}")
                .status();
    }
}
