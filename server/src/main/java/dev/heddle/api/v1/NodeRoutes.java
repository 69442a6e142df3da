package dev.heddle.api.v1;

import dev.heddle.api.http.Answer;
import dev.heddle.api.http.Call;
import dev.heddle.api.http.Route;
import dev.heddle.broker.Cluster;
import dev.heddle.broker.Nodes;
import dev.heddle.control.Node;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// `/api/v1/nodes`: what each node says of itself.
final class NodeRoutes {
    private static final String SUBJECT = "node";

    private final Node node;
    private final Optional<Nodes> nodes;

    NodeRoutes(Node node, Optional<Cluster> cluster) {
        this.node = node;
        this.nodes = cluster.map(Cluster::nodes);
        nodes.ifPresent(all -> all.answer(SUBJECT, _ -> own()));
    }

    private record Listed(String node, String version, boolean ready, int connections) {}

    /// @param self the node that answers
    /// @param silent nodes that have not answered
    private record Listing(String self, List<Listed> nodes, List<String> silent) {}

    List<Route> routes() {
        return List.of(Route.get("/api/v1/nodes", this::list));
    }

    private Answer list(Call call) {
        String self = nodes.map(Nodes::self).orElse("");
        List<Listed> all = new ArrayList<>(List.of(listed(self, own())));
        List<String> silent = new ArrayList<>();
        nodes.map(others -> others.ask(SUBJECT, List.of()))
                .ifPresent(
                        answers -> {
                            answers.byNode()
                                    .forEach((name, words) -> add(name, words, all, silent));
                            silent.addAll(answers.silent());
                        });
        all.sort(Comparator.comparing(Listed::node));
        return Answer.json(new Listing(self, all, silent));
    }

    /// A node of another version, or one that is just starting, may say nothing of itself.
    private static void add(
            String name, List<String> words, List<Listed> all, List<String> silent) {
        if (words.size() >= 3) {
            all.add(listed(name, words));
        } else {
            silent.add(name);
        }
    }

    private List<String> own() {
        return List.of(
                node.version(),
                Boolean.toString(node.readiness().obstacle().isEmpty()),
                Integer.toString(node.connections().getAsInt()));
    }

    private static Listed listed(String name, List<String> words) {
        return new Listed(
                name,
                words.get(0),
                Boolean.parseBoolean(words.get(1)),
                Integer.parseInt(words.get(2)));
    }
}
