package dev.heddle.api.v1;

import dev.heddle.api.http.Answer;
import dev.heddle.api.http.Call;
import dev.heddle.api.http.ProblemType;
import dev.heddle.api.http.Refusal;
import dev.heddle.api.http.Route;
import dev.heddle.control.Receivers;
import dev.heddle.user.Connections;
import dev.heddle.user.Message;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.List;

/// `/api/v1/connections`: single connections to `/acc`, logged in or not.
final class ConnectionRoutes {
    private final Connections connections;
    private final Messages messages;

    ConnectionRoutes(Connections connections, Messages messages) {
        this.connections = connections;
        this.messages = messages;
    }

    private record ToConnection(
            @Nullable String id, @Nullable String from, @Nullable String text) {}

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/connections/{id}", this::get),
                Route.delete("/api/v1/connections/{id}", this::close),
                Route.post("/api/v1/connections/{id}/messages", this::send));
    }

    private Answer get(Call call) throws Refusal {
        long id = id(call);
        return Answer.json(
                ConnectionRow.of(connections.find(id).orElseThrow(ConnectionRoutes::gone)));
    }

    private Answer close(Call call) throws Refusal {
        if (!connections.close(id(call))) {
            throw gone();
        }
        return Answer.empty();
    }

    private Answer send(Call call) throws Refusal, IOException {
        long id = id(call);
        ToConnection request = call.json(ToConnection.class);
        Message message = messages.message(request.id(), request.from(), request.text());
        if (connections.find(id).isEmpty()) {
            throw gone();
        }
        return messages.send(message, new Receivers.Connection(id));
    }

    private static long id(Call call) throws Refusal {
        return call.number("id", ProblemType.CONNECTION_GONE);
    }

    private static Refusal gone() {
        return new Refusal(ProblemType.CONNECTION_GONE, "ids are never used again");
    }
}
