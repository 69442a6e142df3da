package dev.heddle.nodes;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.support.AccClient;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A client of `/acc` that remembers all it hears, and asks.
final class Talker implements Closeable {
    private final AccClient client;
    private final List<String> pushes = new CopyOnWriteArrayList<>();

    private Talker(AccClient client) {
        this.client = client;
    }

    static Talker login(int port, int room, String user) throws IOException {
        Talker talker = new Talker(AccClient.open(port));
        String reply =
                talker.ask(
                        "login",
                        "{\"serviceToken\":\"\",\"appID\":%d,\"userID\":\"%s\"}"
                                .formatted(room, user));
        assertTrue(reply.contains("\"code\":200"), reply);
        return talker;
    }

    /// Asks, and reads until the reply is there.
    String ask(String command, String data) throws IOException {
        client.request(command, data);
        while (true) {
            String next = client.next();
            if (next.contains("\"seq\":\"" + command + "\",\"cmd\":\"" + command + "\"")) {
                return next;
            }
            pushes.add(next);
        }
    }

    /// What it has heard so far.
    List<String> heard() throws IOException {
        ask("ping", "{}");
        return new ArrayList<>(pushes);
    }

    /// Who it was told of so far, as `enter anna`.
    List<String> told(String... commands) throws IOException {
        return heard().stream()
                .filter(push -> List.of(commands).contains(field(push, "cmd")))
                .map(push -> field(push, "cmd") + " " + user(push))
                .toList();
    }

    private static String user(String push) {
        String user = field(push, "userID");
        return user.isEmpty() ? field(push, "from") : user;
    }

    /// The first text that a push has under a name; empty for none.
    static String field(String push, String name) {
        int at = push.indexOf("\"" + name + "\":\"");
        if (at < 0) {
            return "";
        }
        int start = at + name.length() + 4;
        return push.substring(start, push.indexOf('"', start));
    }

    AccClient line() {
        return client;
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
