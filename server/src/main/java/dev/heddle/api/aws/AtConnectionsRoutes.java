package dev.heddle.api.aws;

import dev.heddle.api.http.Answer;
import dev.heddle.api.http.Answer.Body;
import dev.heddle.api.http.Call;
import dev.heddle.api.http.ProblemType;
import dev.heddle.api.http.Refusal;
import dev.heddle.api.http.Route;
import dev.heddle.control.Callee;
import dev.heddle.control.Callees;
import dev.heddle.frame.CloseCode;
import dev.heddle.frame.EncodedFrame;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// `/@connections/{id}`: pushes to connections of the gateway's routes, in the shape of AWS.
/// Signatures are not looked at. **Thread-safe.**
public final class AtConnectionsRoutes {
    /// The header by which clients of AWS tell errors apart.
    private static final String ERROR = "x-amzn-errortype";

    private final Callees callees;

    private AtConnectionsRoutes(Callees callees) {
        this.callees = callees;
    }

    private record Identity(String sourceIp, String userAgent) {}

    private record Connection(String connectedAt, String lastActiveAt, Identity identity) {}

    private record Message(String message) {}

    /// Returns the routes, as some clients write the path and as others do.
    public static List<Route> of(Callees callees) {
        AtConnectionsRoutes routes = new AtConnectionsRoutes(callees);
        return Stream.of("/@connections/{id}", "/%40connections/{id}")
                .flatMap(path -> routes.at(path).stream())
                .toList();
    }

    private List<Route> at(String path) {
        return List.of(
                Route.post(path, this::post),
                Route.get(path, this::get),
                Route.delete(path, this::delete));
    }

    private Answer post(Call call) throws Refusal, IOException {
        Optional<Callee> callee = find(call);
        byte[] body = call.bytes();
        if (callee.isEmpty()) {
            return gone();
        }
        if (!callee.get().offer(frame(body))) {
            throw new Refusal(
                    ProblemType.NOT_TAKEN, "the connection is ending, or its client does not read");
        }
        return Answer.json(Map.of());
    }

    /// A text message if the body can be one: callers do not say.
    private static EncodedFrame frame(byte[] body) {
        try {
            return EncodedFrame.text(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
        } catch (CharacterCodingException binary) {
            return EncodedFrame.binary(body, 0, body.length);
        }
    }

    private Answer get(Call call) throws Refusal {
        return find(call)
                .map(Callee::describe)
                .map(AtConnectionsRoutes::answer)
                .orElseGet(this::gone);
    }

    private static Answer answer(Callee.Description callee) {
        String address = callee.address().substring(0, callee.address().lastIndexOf(':'));
        String since = callee.since().toString();
        return Answer.json(new Connection(since, since, new Identity(address, "")));
    }

    private Answer delete(Call call) throws Refusal {
        Optional<Callee> callee = find(call);
        if (callee.isEmpty()) {
            return gone();
        }
        callee.get().close(CloseCode.DISCONNECTED, "disconnected");
        return Answer.empty();
    }

    private Optional<Callee> find(Call call) throws Refusal {
        return callees.find(call.variable("id"));
    }

    private Answer gone() {
        Answer json = Answer.json(new Message("the connection is gone"));
        Body body = json.body();
        return new Answer(
                410, Map.of("Content-Type", "application/json", ERROR, "GoneException"), body);
    }
}
