package dev.heddle.user;

import dev.heddle.broker.BrokerUnavailable;
import dev.heddle.broker.Nodes;
import dev.heddle.broker.Roster;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The services of other nodes for the users whom they have, when this one asks. **Thread-safe**;
/// blocks as [Nodes#ask].
///
/// @param nodes which are asked
/// @param roster which knows who is there at all
record OtherNodes(Nodes nodes, Roster roster) {
    private static final String SUBJECT = "user";

    /// A request to another node.
    enum Verb {
        SEND,
        DISCONNECT,
        TAKE_OVER,
        SUBSCRIBE,
        UNSUBSCRIBE,
        CONNECTIONS;

        /// The verb of that name; empty if only a newer node knows it.
        static Optional<Verb> find(String name) {
            return Arrays.stream(values()).filter(verb -> verb.name().equals(name)).findFirst();
        }
    }

    /// The answers of a node, for the users of its own.
    interface Answerer {
        List<String> answer(Verb verb, List<String> words);
    }

    /// Lets this node answer.
    void answer(Answerer own) {
        nodes.answer(
                SUBJECT,
                words ->
                        Verb.find(words.getFirst())
                                .map(verb -> own.answer(verb, words.subList(1, words.size())))
                                .orElse(List.of()));
    }

    /// Sends to a user's connections to a room.
    ///
    /// @return whether one of them took it
    /// @throws BrokerUnavailable if none is known to have taken it, and a node has not answered
    boolean send(int room, String user, Message message) {
        if (!roster.has(Room.place(room), user)) {
            return false;
        }
        Nodes.Answers answers = nodes.ask(SUBJECT, question(Verb.SEND, room, user, words(message)));
        boolean isTaken = words(answers).anyMatch("true"::equals);
        if (!isTaken && !answers.isWhole()) {
            throw new BrokerUnavailable("no answer of " + answers.silent());
        }
        return isTaken;
    }

    private static List<String> question(Verb verb, int room, String user, List<String> rest) {
        List<String> words = new ArrayList<>(List.of(verb.name(), Integer.toString(room), user));
        words.addAll(rest);
        return words;
    }

    /// Ends a user's connections to a room.
    ///
    /// @return how many that were
    int disconnect(int room, String user) {
        return sum(words(ask(Verb.DISCONNECT, room, user)));
    }

    /// Lets a login take the place of the user's others. A node that cannot be asked keeps its
    /// logins.
    void takeOver(int room, String user) {
        try {
            var _ = ask(Verb.TAKE_OVER, room, user);
        } catch (BrokerUnavailable gone) {
            return; // an engine that is away keeps nobody from logging in who is known to it
        }
    }

    /// Subscribes a user's connections to a channel, or ends that.
    ///
    /// @return how many that were
    int change(Verb verb, String user, String channel) {
        return sum(words(nodes.ask(SUBJECT, List.of(verb.name(), user, channel))));
    }

    /// A user's connections to a room.
    ///
    /// @throws BrokerUnavailable if none are known, and a node has not answered
    List<ConnectionInfo> connections(int room, String user) {
        Nodes.Answers answers = ask(Verb.CONNECTIONS, room, user);
        List<String> words = words(answers).toList();
        if (words.isEmpty() && !answers.isWhole()) {
            throw new BrokerUnavailable("no answer of " + answers.silent());
        }
        List<ConnectionInfo> all = new ArrayList<>();
        for (int i = 0; i + 4 < words.size(); i += 5) {
            all.add(
                    new ConnectionInfo(
                            words.get(i),
                            words.get(i + 1),
                            Instant.parse(words.get(i + 2)),
                            Optional.of(new ConnectionInfo.Login(room, user)),
                            Integer.parseInt(words.get(i + 3)),
                            Boolean.parseBoolean(words.get(i + 4))));
        }
        return all;
    }

    /// The words from which [#connections] makes connections.
    static List<String> words(List<ConnectionInfo> connections) {
        return connections.stream()
                .flatMap(
                        each ->
                                Stream.of(
                                        each.name(),
                                        each.address(),
                                        each.since().toString(),
                                        Integer.toString(each.silentMillis()),
                                        Boolean.toString(each.isOnline())))
                .toList();
    }

    private static List<String> words(Message message) {
        return List.of(message.id(), message.from(), message.target(), message.text());
    }

    /// The message that [#send] has sent.
    ///
    /// @param words after room and user
    static Message message(List<String> words) {
        return new Message(words.get(0), words.get(1), words.get(2), words.get(3));
    }

    /// Nobody is asked of a user who is nowhere.
    private Nodes.Answers ask(Verb verb, int room, String user) {
        return roster.has(Room.place(room), user)
                ? nodes.ask(SUBJECT, question(verb, room, user, List.of()))
                : new Nodes.Answers(Map.of(), List.of(), true);
    }

    private static Stream<String> words(Nodes.Answers answers) {
        return answers.byNode().values().stream().flatMap(List::stream);
    }

    private static int sum(Stream<String> numbers) {
        return numbers.mapToInt(Integer::parseInt).sum();
    }
}
