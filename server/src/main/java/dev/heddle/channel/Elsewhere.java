package dev.heddle.channel;

import dev.heddle.broker.Nodes;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Other nodes' knowledge of a channel's subscribers. **Thread-safe**; blocks as [Nodes#ask].
///
/// @param nodes which are asked
record Elsewhere(Nodes nodes) {
    private static final String PRESENT = "present";
    private static final String COUNTS = "present-counts";

    /// Says what this node answers.
    void answer(Function<String, List<Present>> present, Function<String, Counts> counts) {
        nodes.answer(PRESENT, question -> encode(present.apply(question.getFirst())));
        nodes.answer(
                COUNTS,
                question -> {
                    Counts own = counts.apply(question.getFirst());
                    return List.of(
                            Integer.toString(own.connections()), Integer.toString(own.users()));
                });
    }

    /// The subscribers on other nodes.
    List<Present> present(String channel) {
        List<Present> all = new ArrayList<>();
        for (List<String> answer : nodes.ask(PRESENT, List.of(channel)).byNode().values()) {
            for (int i = 0; i + 2 < answer.size(); i += 3) {
                String info = answer.get(i + 2);
                all.add(
                        new Present(
                                answer.get(i), answer.get(i + 1), info.isEmpty() ? null : info));
            }
        }
        return all;
    }

    /// How many are subscribed.
    Counts counts(String channel) {
        Counts all = Counts.NONE;
        for (List<String> answer : nodes.ask(COUNTS, List.of(channel)).byNode().values()) {
            if (answer.size() == 2) {
                all =
                        all.plus(
                                new Counts(
                                        Integer.parseInt(answer.getFirst()),
                                        Integer.parseInt(answer.getLast())));
            }
        }
        return all;
    }

    private static List<String> encode(List<Present> present) {
        List<String> words = new ArrayList<>();
        for (Present each : present) {
            words.add(each.user());
            words.add(each.connection());
            words.add(each.info() == null ? "" : each.info());
        }
        return words;
    }
}
