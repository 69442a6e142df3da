package dev.heddle.nodes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.heddle.support.AccClient;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/// A user of a room and of the channel `news` who, when the connection ends, comes back to another
/// node and recovers, as `heddle.js` does. Run on a thread of its own.
final class Wanderer implements Runnable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_JITTER_MILLIS = 1_000;

    private final int room;
    private final String user;
    private final IntSupplier ports;
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private String epoch = "";
    private volatile long offset;
    private final AtomicInteger logins = new AtomicInteger();
    private volatile boolean isHere;
    private volatile long cameNanos;
    private volatile boolean isDone;

    /// @param ports where there is a node now
    Wanderer(int room, String user, IntSupplier ports) {
        this.room = room;
        this.user = user;
        this.ports = ports;
    }

    @Override
    public void run() {
        while (!isDone) {
            try (AccClient line = AccClient.open(ports.getAsInt())) {
                arrive(line);
                while (!isDone) {
                    hear(line.next());
                }
            } catch (IOException | AssertionError gone) {
                isHere = false;
                pause();
            } catch (RuntimeException bug) {
                faults.add(bug.toString());
                isHere = false;
                pause();
            }
        }
    }

    private void arrive(AccClient line) throws IOException {
        JsonNode login =
                ask(
                        line,
                        "login",
                        "{\"serviceToken\":\"\",\"appID\":%d,\"userID\":\"%s\"}"
                                .formatted(room, user));
        if (login.path("code").asInt() != 200) {
            throw new IOException(login.toString());
        }
        String recover =
                epoch.isEmpty()
                        ? ""
                        : ",\"recover\":{\"epoch\":\"%s\",\"offset\":%d}".formatted(epoch, offset);
        JsonNode reply = ask(line, "subscribe", "{\"channel\":\"news\"" + recover + "}");
        if (reply.path("code").asInt() != 200) {
            throw new IOException(reply.toString());
        }
        JsonNode data = reply.path("data");
        if (epoch.isEmpty()) {
            epoch = data.path("epoch").asText();
            offset = data.path("offset").asLong();
        } else if (!data.path("recovered").asBoolean()) {
            faults.add("not recovered: " + reply);
        } else {
            data.path("publications").forEach(this::take);
        }
        logins.incrementAndGet();
        cameNanos = System.nanoTime();
        isHere = true;
    }

    /// Asks, and hears what comes before the reply.
    private JsonNode ask(AccClient line, String command, String data) throws IOException {
        line.request(command, data);
        while (true) {
            String text = line.next();
            JsonNode next = JSON.readTree(text);
            if (next.path("seq").asText().equals(command)) {
                return next.path("response");
            }
            hear(text);
        }
    }

    private void hear(String text) throws IOException {
        if (text.contains("\"cmd\":\"publication\"")) {
            take(JSON.readTree(text).path("response").path("data"));
        }
    }

    private void take(JsonNode publication) {
        long next = publication.path("offset").asLong();
        if (next != offset + 1) {
            faults.add("%d after %d".formatted(next, offset));
        }
        offset = next;
    }

    private static void pause() {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextInt(MOST_JITTER_MILLIS));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// Whether it has come, in all, so many times, and is there.
    boolean hasCome(int times) {
        return isHere && logins.get() >= times;
    }

    long cameNanos() {
        return cameNanos;
    }

    long offset() {
        return offset;
    }

    List<String> faults() {
        return faults;
    }

    void leave() {
        isDone = true;
    }
}
