package dev.heddle.api;

import dev.heddle.api.http.Answer;
import dev.heddle.api.http.Call;
import dev.heddle.api.http.Handler;
import dev.heddle.api.http.Refusal;
import dev.heddle.api.http.Route;
import dev.heddle.broker.BrokerUnavailable;
import dev.heddle.broker.Nodes;
import dev.heddle.user.ConnectionNames;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Calls about a connection that another node has: they are carried to that node, which answers
/// them. **Thread-safe**; blocks as [Nodes#ask].
final class CarriedCalls {
    private static final String SUBJECT = "call";

    /// What stands in the path of such a call.
    private static final String CONNECTION = "connections/{id}";

    private static final String ID = "id";

    private final ConnectionNames names;
    private final Optional<Nodes> nodes;

    /// By method and template.
    private final Map<String, Handler> handlers = new ConcurrentHashMap<>();

    /// @param names of the connections of this node
    CarriedCalls(ConnectionNames names, Optional<Nodes> nodes) {
        this.names = names;
        this.nodes = nodes;
        nodes.ifPresent(others -> others.answer(SUBJECT, this::answer));
    }

    /// The same route; if it is about a connection, other nodes answer for theirs.
    Route carry(Route route) {
        if (nodes.isEmpty() || !route.template().contains(CONNECTION)) {
            return route;
        }
        String key = route.method() + " " + route.template();
        handlers.put(key, route.handler());
        return route.with(
                call ->
                        names.isOfAnother(call.variable(ID))
                                ? ask(nodes.get(), key, call).orElse(route.handler()).answer(call)
                                : route.handler().answer(call));
    }

    /// What another node has answered; empty if the connection is of none.
    private static Optional<Handler> ask(Nodes nodes, String key, Call call)
            throws Refusal, IOException {
        List<String> question = new ArrayList<>(List.of(key, call.variable(ID)));
        question.addAll(call.words());
        Nodes.Answers answers = nodes.ask(SUBJECT, question);
        Optional<List<String>> found =
                answers.byNode().values().stream().filter(words -> !words.isEmpty()).findFirst();
        if (found.isEmpty() && !answers.silent().isEmpty()) {
            throw new BrokerUnavailable("no answer of " + answers.silent());
        }
        return found.map(words -> _ -> Answer.of(words));
    }

    /// Answers a call about a connection of this node, and nothing to any other.
    private List<String> answer(List<String> question) {
        Handler handler = handlers.get(question.get(0));
        if (handler == null || names.id(question.get(1)).isEmpty()) {
            return List.of();
        }
        try {
            return handler.answer(Call.of(question.subList(2, question.size()))).words();
        } catch (Refusal refusal) {
            return refusal.answer().words();
        } catch (IOException impossible) { // the whole call is here
            throw new UncheckedIOException(impossible);
        }
    }
}
