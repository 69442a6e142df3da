package dev.heddle.api.v1;

import dev.heddle.api.http.Answer;
import dev.heddle.api.http.Call;
import dev.heddle.api.http.Refusal;
import dev.heddle.api.http.Route;
import dev.heddle.config.DrainTime;
import dev.heddle.control.Node;
import dev.heddle.control.People;
import dev.heddle.control.Receivers;
import dev.heddle.user.Message;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// `/api/v1/server`, `/api/v1/broadcast` and the description of the API itself.
final class ServerRoutes {
    private static final String DESCRIPTION = "openapi.json";

    private final Node node;
    private final People people;
    private final Messages messages;
    private final byte[] description;

    ServerRoutes(Node node, People people, Messages messages) {
        this.node = node;
        this.people = people;
        this.messages = messages;
        this.description = description();
    }

    private record Server(
            String version,
            String started,
            long uptimeSeconds,
            boolean ready,
            int connections,
            int hubSubscribers,
            int accConnections,
            int users) {}

    private record Draining(int connections, long overMillis) {}

    private record ToAll(
            @Nullable String id,
            @Nullable String from,
            @Nullable String text,
            @Nullable String to) {}

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/server", this::server),
                Route.post("/api/v1/server/drain", this::drain).withQuery(),
                Route.get("/api/v1/" + DESCRIPTION, this::describe),
                Route.post("/api/v1/broadcast", this::broadcast));
    }

    private Answer server(Call call) {
        var runtime = ManagementFactory.getRuntimeMXBean();
        return Answer.json(
                new Server(
                        node.version(),
                        Instant.ofEpochMilli(runtime.getStartTime()).toString(),
                        runtime.getUptime() / 1_000,
                        node.readiness().obstacle().isEmpty(),
                        node.connections().getAsInt(),
                        people.everyone().subscribers(),
                        people.connections().count(),
                        people.userCount()));
    }

    private Answer drain(Call call) throws Refusal {
        Optional<String> asked = call.query("over").find("over");
        Optional<Duration> over = asked.flatMap(DrainTime::parse);
        if (asked.isPresent() && over.isEmpty()) {
            throw Refusal.badRequest("over is " + DrainTime.TAKEN);
        }
        Duration takes = node.drain().pace(over);
        Answer answer = Answer.json(new Draining(node.connections().getAsInt(), takes.toMillis()));
        node.drain().begin(); // once the answer is made: a server without clients ends at once
        return answer;
    }

    private Answer describe(Call call) {
        return Answer.ok("application/json", description);
    }

    private Answer broadcast(Call call) throws Refusal, IOException {
        ToAll request = call.json(ToAll.class);
        Message message = messages.message(request.id(), request.from(), request.text());
        String to = request.to() == null ? "rooms" : request.to();
        return messages.send(
                message,
                switch (to) {
                    case "rooms" -> Receivers.Everybody.ROOMS;
                    case "ws" -> Receivers.Everybody.WS;
                    case "all" -> Receivers.Everybody.ALL;
                    default -> throw Refusal.badRequest("to is one of rooms, ws, all");
                });
    }

    private static byte[] description() {
        try (InputStream in = ServerRoutes.class.getResourceAsStream(DESCRIPTION)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + DESCRIPTION);
            }
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
