package dev.heddle.api.v1;

import dev.heddle.api.http.Answer;
import dev.heddle.api.http.Call;
import dev.heddle.api.http.Parameters;
import dev.heddle.api.http.ProblemType;
import dev.heddle.api.http.Refusal;
import dev.heddle.api.http.Route;
import dev.heddle.control.Callee;
import dev.heddle.control.Callees;
import dev.heddle.control.Receivers;
import dev.heddle.frame.CloseCode;
import dev.heddle.frame.EncodedFrame;
import dev.heddle.user.Connections;
import dev.heddle.user.Message;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// `/api/v1/connections`: single connections to `/acc`, logged in or not, and to routes of the
/// gateway.
final class ConnectionRoutes {
    private final Connections connections;
    private final Callees callees;
    private final Messages messages;

    ConnectionRoutes(Connections connections, Callees callees, Messages messages) {
        this.connections = connections;
        this.callees = callees;
        this.messages = messages;
    }

    private record ToConnection(
            @Nullable String id, @Nullable String from, @Nullable String text) {}

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/connections/{id}", this::get),
                Route.delete("/api/v1/connections/{id}", this::close).withQuery(),
                Route.post("/api/v1/connections/{id}/messages", this::send));
    }

    private Answer get(Call call) throws Refusal {
        long id = id(call);
        Optional<Callee> callee = callees.find(id);
        return callee.isPresent()
                ? Answer.json(CalleeRow.of(callees.name(id), callee.get().describe()))
                : Answer.json(
                        ConnectionRow.of(connections.find(id).orElseThrow(ConnectionRoutes::gone)));
    }

    private Answer close(Call call) throws Refusal {
        Parameters query = call.query("code", "reason");
        Optional<Callee> callee = callees.find(call.variable("id"));
        if (callee.isPresent()) {
            end(callee.get(), query);
        } else if (!connections.close(id(call))) {
            throw gone();
        }
        return Answer.empty();
    }

    private static void end(Callee callee, Parameters query) throws Refusal {
        int code = query.number("code", CloseCode.DISCONNECTED, 4_999);
        String reason = query.find("reason").orElse("disconnected");
        try {
            callee.close(code, reason);
        } catch (IllegalArgumentException unsendable) {
            throw Refusal.badRequest("no Close frame can carry this code and reason");
        }
    }

    private Answer send(Call call) throws Refusal, IOException {
        long id = id(call);
        Optional<Callee> callee = callees.find(id);
        String type = call.contentType().orElse("");
        boolean isJson = type.equals("application/json");
        if (callee.isEmpty() && !isJson && connections.find(id).isEmpty()) {
            throw gone();
        }
        if (callee.isPresent() && !isJson) {
            return push(callee.get(), type, call.bytes());
        }
        ToConnection request = call.json(ToConnection.class);
        Message message = messages.message(request.id(), request.from(), request.text());
        if (callee.isEmpty() && connections.find(id).isEmpty()) {
            throw gone();
        }
        return messages.send(message, new Receivers.Connection(id));
    }

    private static Answer push(Callee callee, String type, byte[] body) throws Refusal {
        EncodedFrame frame =
                switch (type) {
                    case "text/plain" -> EncodedFrame.text(text(body));
                    case "application/octet-stream" -> EncodedFrame.binary(body, 0, body.length);
                    default ->
                            throw new Refusal(
                                    ProblemType.UNSUPPORTED_MEDIA_TYPE,
                                    "the body comes as text/plain, application/octet-stream or"
                                            + " application/json");
                };
        if (!callee.offer(frame)) {
            throw new Refusal(
                    ProblemType.NOT_TAKEN, "the connection is ending, or its client does not read");
        }
        return Messages.sent();
    }

    private static String text(byte[] body) throws Refusal {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException malformed) {
            throw Refusal.badRequest("the body is not UTF-8");
        }
    }

    private long id(Call call) throws Refusal {
        return callees.names().id(call.variable("id")).orElseThrow(ConnectionRoutes::gone);
    }

    private static Refusal gone() {
        return new Refusal(ProblemType.CONNECTION_GONE, "ids are never used again");
    }
}
