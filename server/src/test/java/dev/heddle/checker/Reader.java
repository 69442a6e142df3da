package dev.heddle.checker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/// Is in some channels and keeps a log of each. It comes back as often as its connection ends, with
/// its positions.
final class Reader implements Runnable {
    private static final int STALLING_REQUESTS = 60;
    private static final int STALLING_LIMIT = 200;

    private final String name;
    private final Trial trial;
    private final Random random;
    private final List<ReaderLog> logs;
    private final Lifeline line = new Lifeline();
    private volatile boolean mustStall;
    private volatile boolean mustReturn;

    // Of the present connection.
    private final Map<String, ReaderLog> asked = new HashMap<>();
    private final Set<String> subscribed = new HashSet<>();

    Reader(String name, List<String> channels, Trial trial) {
        this.name = name;
        this.trial = trial;
        this.random = new Random(trial.plan().seed() * 31 + name.hashCode());
        this.logs = channels.stream().map(channel -> new ReaderLog(name, channel)).toList();
    }

    Lifeline line() {
        return line;
    }

    List<ReaderLog> logs() {
        return logs;
    }

    /// Makes it stop reading for some seconds, while much is to come. **Thread-safe.**
    void stall() {
        mustStall = true;
    }

    /// Makes it leave a channel and come back without leaving its connection. **Thread-safe.**
    void comeAndGo() {
        mustReturn = true;
    }

    @Override
    public void run() {
        try {
            while (trial.isRunning()) {
                connect();
                Thread.sleep(random.nextInt(random.nextInt(5) > 0 ? 200 : 5_000));
            }
        } catch (InterruptedException stopped) {
            trial.tally().trouble(name + ": " + stopped);
        }
    }

    private void connect() throws InterruptedException {
        asked.clear();
        subscribed.clear();
        try (AccLink link = AccLink.open(trial.port(), line, name)) {
            for (ReaderLog log : logs) {
                subscribe(link, log);
            }
            while (true) {
                take(link, link.next());
                obey(link);
            }
        } catch (AccLink.Ended ended) {
            trial.tally().end(ended.code() < 0 ? "end of stream" : "server's " + ended.code());
        } catch (IOException cut) {
            if (trial.isRunning()) {
                trial.tally().end("reset");
            }
        } catch (AssertionError | RuntimeException wrong) {
            trial.tally().trouble(name + ": " + wrong);
        }
    }

    private void obey(AccLink link) throws IOException, InterruptedException {
        if (mustStall) {
            mustStall = false;
            stall(link);
        } else if (mustReturn && asked.isEmpty()) {
            mustReturn = false;
            ReaderLog log = logs.get(random.nextInt(logs.size()));
            asked.put(link.request("unsubscribe", named(log)), log);
        }
    }

    private void stall(AccLink link) throws IOException, InterruptedException {
        trial.tally().stalls.increment();
        for (int i = 0; i < STALLING_REQUESTS; i++) {
            link.request("history", named(logs.getFirst()).put("limit", STALLING_LIMIT));
        }
        Thread.sleep(2_000 + random.nextInt(4_000));
    }

    private void subscribe(AccLink link, ReaderLog log) throws IOException {
        ObjectNode request = named(log);
        if (!log.isEmpty()) {
            Position position = log.position();
            request.putObject("recover")
                    .put("epoch", position.epoch())
                    .put("offset", position.offset());
        } else if (random.nextBoolean()) {
            request.put("rewind", random.nextInt(1, 20));
        }
        asked.put(link.request("subscribe", request), log);
    }

    private static ObjectNode named(ReaderLog log) {
        return AccLink.JSON.createObjectNode().put("channel", log.channel());
    }

    private void take(AccLink link, JsonNode message) throws IOException {
        switch (message.path("cmd").asText()) {
            case "publication" -> push(AccLink.data(message));
            case "subscribe" -> reply(answered(message), AccLink.data(message));
            case "unsubscribe" -> {
                ReaderLog log = answered(message);
                subscribed.remove(log.channel());
                trial.tally().returns.increment();
                subscribe(link, log);
            }
            case "unsubscribed" -> resubscribe(link, AccLink.data(message));
            case "history" -> {} // asked for while it stalls, to have much to come
            default -> throw new AssertionError("got " + message);
        }
    }

    /// So much was published while the subscription began that the server has ended it.
    private void resubscribe(AccLink link, JsonNode data) throws IOException {
        ReaderLog log = log(data.path("channel").asText());
        if (!data.path("resubscribe").asBoolean()) {
            throw new AssertionError("got " + data);
        }
        subscribed.remove(log.channel());
        trial.tally().overrun.increment();
        subscribe(link, log);
    }

    /// Whose request this answers.
    private ReaderLog answered(JsonNode message) {
        ReaderLog log = asked.remove(message.path("seq").asText());
        if (log == null || AccLink.code(message) != 200) {
            throw new AssertionError("got " + message);
        }
        return log;
    }

    private void push(JsonNode publication) {
        ReaderLog log = log(publication.path("channel").asText());
        take(log, publication.required("epoch").asText(), publication);
    }

    /// The log of a channel that this is subscribed to just now.
    private ReaderLog log(String channel) {
        if (!subscribed.contains(channel)) {
            throw new AssertionError("got a push of " + channel + ", and is not subscribed");
        }
        return logs.stream()
                .filter(each -> each.channel().equals(channel))
                .findFirst()
                .orElseThrow();
    }

    private void reply(ReaderLog log, JsonNode data) {
        Position position = AccLink.position(data);
        JsonNode publications = data.required("publications");
        boolean recovered = data.path("recovered").asBoolean();
        if (data.has("recovered") == log.isEmpty()
                || !data.path("channel").asText().equals(log.channel())
                || (!log.isEmpty() && !recovered && !publications.isEmpty())) {
            throw new AssertionError("got " + data);
        }
        subscribed.add(log.channel());
        Tally tally = trial.tally();
        if (recovered) {
            tally.recovered.increment();
            tally.recoveredMessages.add(publications.size());
        } else {
            (log.isEmpty() ? tally.subscribed : tally.breaks).increment();
            log.begin(new Position(position.epoch(), position.offset() - publications.size()));
        }
        publications.forEach(publication -> take(log, position.epoch(), publication));
        log.confirm(position);
    }

    private void take(ReaderLog log, String epoch, JsonNode publication) {
        String id = publication.required("data").required("m").asText();
        if (!id.equals(publication.path("id").asText())) {
            throw new AssertionError("the id is another one: " + publication);
        }
        trial.tally().received.increment();
        log.get(new Position(epoch, publication.required("offset").asLong()), Message.parse(id));
    }
}
