package dev.heddle.user;

import dev.heddle.frame.CloseCode;
import dev.heddle.hub.Rendering;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The services of this node for the users whom it has, asked by itself or by another node.
/// **Thread-safe.**
///
/// @param logins of users
record OwnUsers(Logins logins) implements OtherNodes.Answerer {

    /// Which logins there are here.
    interface Logins {
        /// The rooms that there are, and [Presence#NO_ROOM].
        Stream<Integer> places();

        /// A user's logins to a room, the oldest first.
        List<Member> of(int room, String user);

        /// Ends a login.
        void end(Member member);
    }

    /// As [Messenger#send].
    boolean send(int room, String user, Message message) {
        Rendering fact = new Rendering(message.toFact());
        long sinceNanos = System.nanoTime();
        List<Member> members = logins.of(room, user);
        List<Client> full = new ArrayList<>();
        for (Member member : members) {
            if (!member.client().offer(fact)) {
                full.add(member.client());
            }
        }
        boolean taken = full.size() < members.size();
        for (Client client : full) { // all have the same time, however many they are
            taken |= client.deliver(fact, sinceNanos);
        }
        return taken;
    }

    /// As [Messenger#disconnect].
    int disconnect(int room, String user) {
        return end(room, user, CloseCode.DISCONNECTED, "disconnected");
    }

    private int end(int room, String user, int code, String reason) {
        List<Member> members = logins.of(room, user);
        for (Member member : members) {
            logins.end(member);
            member.client().close(code, reason);
        }
        return members.size();
    }

    /// As [Messenger#subscribe].
    int subscribe(String user, String channel) {
        return (int) clients(user).filter(client -> client.subscribe(user, channel)).count();
    }

    /// As [Messenger#unsubscribe].
    int unsubscribe(String user, String channel) {
        return (int) clients(user).filter(client -> client.unsubscribe(user, channel)).count();
    }

    private Stream<Client> clients(String user) {
        return logins.places().flatMap(room -> logins.of(room, user).stream()).map(Member::client);
    }

    /// As [Presence#connections].
    List<ConnectionInfo> connections(int room, String user) {
        return logins.of(room, user).stream().map(member -> member.client().info()).toList();
    }

    @Override
    public List<String> answer(OtherNodes.Verb verb, List<String> words) {
        return switch (verb) {
            case SEND -> {
                Message message = OtherNodes.message(words.subList(2, words.size()));
                yield text(send(room(words), words.get(1), message));
            }
            case DISCONNECT -> text(disconnect(room(words), words.get(1)));
            case TAKE_OVER ->
                    text(
                            end(
                                    room(words),
                                    words.get(1),
                                    CloseCode.TAKEN_OVER,
                                    "logged in elsewhere"));
            case SUBSCRIBE -> text(subscribe(words.get(0), words.get(1)));
            case UNSUBSCRIBE -> text(unsubscribe(words.get(0), words.get(1)));
            case CONNECTIONS -> OtherNodes.words(connections(room(words), words.get(1)));
        };
    }

    private static int room(List<String> words) {
        return Integer.parseInt(words.getFirst());
    }

    private static List<String> text(Object answer) {
        return List.of(answer.toString());
    }
}
