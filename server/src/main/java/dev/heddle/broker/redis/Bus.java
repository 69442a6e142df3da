package dev.heddle.broker.redis;

import dev.heddle.broker.BrokerUnavailable;
import dev.heddle.broker.Nodes;
import dev.heddle.broker.SilentNodes;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/// The questions of nodes to each other, over Redis: a question goes to all nodes, each answer to
/// the one that has asked. Redis says how many have heard a question. **Thread-safe.**
final class Bus implements Nodes {
    private static final Logger LOG = LoggerFactory.getLogger("heddle");
    private static final String QUESTION = "?";
    private static final String ANSWER = "!";
    private static final long NEW_MILLIS = 200;

    private final Counting counting;
    private final Keys keys;
    private final Lease lease;
    private final Duration timeout;
    private final Runnable requireHearing;
    private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();
    private final AtomicLong number = new AtomicLong();
    private final Map<String, UnaryOperator<List<String>>> answerers = new ConcurrentHashMap<>();

    /// The answers to one question.
    private static final class Waiting {
        private final Map<String, List<String>> byNode = new HashMap<>();

        /// Whether this node hears what it says itself, without which it hears no answer either.
        private boolean isHeard;

        synchronized void hear() {
            isHeard = true;
            notifyAll();
        }

        synchronized void add(String node, List<String> answer) {
            byNode.put(node, answer);
            notifyAll();
        }

        /// @param count how many have heard the question, as Redis says: also such as have died
        /// @param known the nodes that live; another node that answers is new, and quick
        /// @throws BrokerUnavailable if this node does not hear
        synchronized Map<String, List<String>> await(
                long count, Collection<String> known, Duration timeout) {
            long end = System.nanoTime() + timeout.toNanos();
            try {
                long leftMillis = timeout.toMillis();
                while ((byNode.size() < count || !isHeard) && leftMillis > 0) {
                    boolean isLate =
                            isHeard && !known.isEmpty() && byNode.keySet().containsAll(known);
                    wait(isLate ? Math.min(leftMillis, NEW_MILLIS) : leftMillis);
                    leftMillis =
                            isLate && byNode.keySet().containsAll(known)
                                    ? 0
                                    : (end - System.nanoTime()) / 1_000_000;
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            if (!isHeard) {
                throw new BrokerUnavailable("this node does not hear the others");
            }
            return Map.copyOf(byNode);
        }
    }

    /// @param requireHearing throws if no answer could come
    Bus(Members members, Lease lease, Duration timeout, Runnable requireHearing) {
        this.requireHearing = requireHearing;
        this.counting = members.counting();
        this.keys = members.keys();
        this.lease = lease;
        this.timeout = timeout;
    }

    @Override
    public String self() {
        return lease.node();
    }

    @Override
    public List<String> others() {
        return lease.others();
    }

    @Override
    public Duration lease() {
        return lease.length();
    }

    @Override
    public void answer(String subject, UnaryOperator<List<String>> answerer) {
        answerers.put(subject, answerer);
    }

    @Override
    public Answers ask(String subject, List<String> question) {
        return ask(
                keys.all(),
                subject,
                question,
                (heard, answers) -> {
                    var byNode = answers.await(heard - 1, others(), timeout);
                    List<String> silent =
                            others().stream().filter(node -> !byNode.containsKey(node)).toList();
                    SilentNodes.add(silent);
                    boolean isWhole = silent.isEmpty() && byNode.size() >= heard - 1;
                    return new Answers(byNode, silent, isWhole);
                });
    }

    @Override
    public String address() {
        return keys.node();
    }

    @Override
    public List<String> askOne(String address, String subject, List<String> question) {
        return ask(
                keys.own(address),
                subject,
                question,
                (heard, answers) -> {
                    answers.hear(); // whose answer proves it
                    return answers.await(Math.min(heard, 1), List.of(), timeout).values().stream()
                            .findFirst()
                            .orElseThrow(() -> new BrokerUnavailable(address + " does not answer"));
                });
    }

    private <T> T ask(
            String channel,
            String subject,
            List<String> question,
            BiFunction<Long, Waiting, T> awaited) {
        requireHearing.run();
        String id = Long.toString(number.incrementAndGet());
        Waiting answers = new Waiting();
        waiting.put(id, answers);
        try {
            List<String> words = new ArrayList<>(List.of(QUESTION, id, keys.node(), subject));
            words.addAll(question);
            String text = Words.encode(words);
            long heard = counting.counted(() -> counting.redis().tell(channel, text));
            if (heard == 0) {
                throw new BrokerUnavailable("no node hears");
            }
            return awaited.apply(heard, answers);
        } finally {
            waiting.remove(id);
        }
    }

    /// Something was said to all nodes, or to this one. Never blocks.
    void heard(String text) {
        List<String> words = Words.decode(text);
        if (words.getFirst().equals(ANSWER)) {
            Waiting asked = waiting.get(words.get(1));
            if (asked != null) {
                asked.add(words.get(2), words.subList(3, words.size()));
            }
        } else if (words.get(2).equals(keys.node())) {
            Waiting own = waiting.get(words.get(1));
            if (own != null) {
                own.hear();
            }
        } else {
            Thread.ofVirtual().name("heddle-answer").start(() -> answer(words));
        }
    }

    private void answer(List<String> words) {
        try {
            List<String> answer = new ArrayList<>(List.of(ANSWER, words.get(1), self()));
            UnaryOperator<List<String>> answerer = answerers.get(words.get(3));
            if (answerer != null) { // otherwise the other node is newer, and asks what we know not
                answer.addAll(answerer.apply(words.subList(4, words.size())));
            }
            String text = Words.encode(answer);
            counting.counted(() -> counting.redis().tell(keys.own(words.get(2)), text));
        } catch (BrokerUnavailable gone) {
            LOG.debug("an answer to another node is lost: {}", gone.getMessage());
        } catch (RuntimeException | Error bug) {
            counting.counters().bug(bug);
        }
    }
}
