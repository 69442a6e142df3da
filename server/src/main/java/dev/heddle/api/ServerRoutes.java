package dev.heddle.api;

import dev.heddle.frame.EncodedFrame;
import dev.heddle.hub.Fact;
import dev.heddle.user.Message;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.List;

/// `/api/v1/server`, `/api/v1/broadcast` and the description of the API itself.
final class ServerRoutes {
    private static final String DESCRIPTION = "openapi.json";

    private final ApiContext context;
    private final Sending sending;
    private final byte[] description;

    ServerRoutes(ApiContext context, Sending sending) {
        this.context = context;
        this.sending = sending;
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

    private record ToAll(
            @Nullable String id,
            @Nullable String from,
            @Nullable String text,
            @Nullable String to) {}

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/server", this::server),
                Route.get("/api/v1/" + DESCRIPTION, this::describe),
                Route.post("/api/v1/broadcast", this::broadcast));
    }

    private Answer server(Call call) {
        var runtime = ManagementFactory.getRuntimeMXBean();
        return Answer.json(
                new Server(
                        context.version(),
                        Instant.ofEpochMilli(runtime.getStartTime()).toString(),
                        runtime.getUptime() / 1_000,
                        context.readiness().obstacle().isEmpty(),
                        context.openConnections().getAsInt(),
                        context.everyone().subscribers(),
                        context.connections().count(),
                        context.presence().rooms().stream()
                                .mapToInt(context.presence()::userCount)
                                .sum()));
    }

    private Answer describe(Call call) {
        return Answer.ok("application/json", description);
    }

    private Answer broadcast(Call call) throws Refusal, IOException {
        ToAll request = call.json(ToAll.class);
        Message message = sending.message(request.id(), request.from(), request.text());
        String to = request.to() == null ? "rooms" : request.to();
        return switch (to) {
            case "rooms" -> sending.once(message, to, () -> toRooms(message));
            case "ws" -> sending.once(message, to, () -> toHub(message));
            case "all" -> sending.once(message, to, () -> toAll(message));
            default -> throw Texts.wrong("to is one of rooms, ws, all");
        };
    }

    /// What some have got must not be sent again, so one of both is enough.
    private boolean toAll(Message message) {
        boolean isInRooms = toRooms(message);
        return toHub(message) || isInRooms;
    }

    private boolean toRooms(Message message) {
        return context.messenger().broadcast(message);
    }

    /// What is on `/ws` has no envelope: the text alone.
    private boolean toHub(Message message) {
        return context.everyone().publish(new Fact.Raw(EncodedFrame.text(message.text())));
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
