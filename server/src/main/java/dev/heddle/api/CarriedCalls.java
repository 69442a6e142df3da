package dev.heddle.api;

import dev.heddle.api.http.Answer;
import dev.heddle.api.http.Call;
import dev.heddle.api.http.Handler;
import dev.heddle.api.http.ProblemType;
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
/// them. **Thread-safe**; blocks as [Nodes#askOne].
final class CarriedCalls {
    private static final String CALL = "call";
    private static final String WHOSE = "whose";
    private static final String NOT_MINE = "not mine";

    /// The part of a path that names a connection, and its variable.
    private static final String CONNECTION = "connections/{id}";

    private static final String ID = "id";

    private final ConnectionNames names;
    private final Optional<Nodes> nodes;

    /// By method and template.
    private final Map<String, Handler> handlers = new ConcurrentHashMap<>();

    /// The addresses of nodes, by the processes that their connections' names begin with.
    private final Map<String, String> addresses = new ConcurrentHashMap<>();

    /// @param names of the connections of this node
    CarriedCalls(ConnectionNames names, Optional<Nodes> nodes) {
        this.names = names;
        this.nodes = nodes;
        nodes.ifPresent(
                others -> {
                    others.answer(CALL, this::answer);
                    others.answer(
                            WHOSE,
                            question ->
                                    List.of(
                                            question.getFirst().equals(names.process())
                                                    ? others.address()
                                                    : NOT_MINE));
                });
    }

    /// The same route; if it is about a connection, other nodes answer for theirs.
    Route carry(Route route) {
        if (nodes.isEmpty() || !route.template().contains(CONNECTION)) {
            return route;
        }
        String key = route.method() + " " + route.template();
        handlers.put(key, route.handler());
        return route.with(call -> answer(nodes.get(), key, route.handler(), call));
    }

    private Answer answer(Nodes others, String key, Handler own, Call call)
            throws Refusal, IOException {
        Optional<String> process = names.otherProcess(call.variable(ID));
        Optional<String> address = process.flatMap(of -> address(others, of));
        if (address.isEmpty()) {
            return own.answer(call);
        }
        List<String> question = new ArrayList<>(List.of(key));
        question.addAll(call.words());
        try {
            return Answer.of(others.askOne(address.get(), CALL, question));
        } catch (BrokerUnavailable gone) {
            addresses.remove(process.get()); // the node may have died, which others know
            throw gone;
        }
    }

    /// The address of the node that a process is; empty if it is none any more.
    ///
    /// @throws BrokerUnavailable if a node that may be it has not answered
    private Optional<String> address(Nodes others, String process) {
        String known = addresses.get(process);
        if (known != null) {
            return Optional.of(known);
        }
        Nodes.Answers answers = others.ask(WHOSE, List.of(process));
        boolean isWhole = answers.isWhole();
        for (List<String> answer : answers.byNode().values()) {
            if (answer.isEmpty()) {
                isWhole = false; // it is older, and does not know the question
            } else if (!answer.getFirst().equals(NOT_MINE)) {
                addresses.put(process, answer.getFirst());
                return Optional.of(answer.getFirst());
            }
        }
        if (!isWhole) {
            throw new BrokerUnavailable("a node that may have the connection does not answer");
        }
        return Optional.empty();
    }

    /// Answers a call about a connection of this node, or says that it is gone.
    private List<String> answer(List<String> question) {
        Handler handler = handlers.get(question.get(0));
        try {
            if (handler == null) {
                throw new Refusal(ProblemType.NO_SUCH_ROUTE, "the nodes are of two versions");
            }
            return handler.answer(Call.of(question.subList(1, question.size()))).words();
        } catch (Refusal refusal) {
            return refusal.answer().words();
        } catch (BrokerUnavailable later) {
            return new Refusal(ProblemType.ENGINE_UNAVAILABLE, "try again").answer().words();
        } catch (IOException impossible) { // the whole call is here
            throw new UncheckedIOException(impossible);
        }
    }
}
