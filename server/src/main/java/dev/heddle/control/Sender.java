package dev.heddle.control;

import dev.heddle.broker.MessageIds;
import dev.heddle.frame.EncodedFrame;
import dev.heddle.user.Message;

import java.util.Optional;

/// Sends the messages of services, each id once. An id is the same in whatever protocol a service
/// asks.
///
/// **Thread-safe.** Sending blocks as [dev.heddle.user.Messenger] does.
public final class Sender {
    private final People people;
    private final SendOnce once;
    private final int maxTextBytes;

    /// @param ids those under which something was sent
    /// @param maxTextBytes UTF-8 bytes of one text
    public Sender(People people, MessageIds ids, int maxTextBytes) {
        this.people = people;
        this.once = new SendOnce(ids);
        this.maxTextBytes = maxTextBytes;
    }

    /// The fault in a message, which must then not be sent; empty if there is none.
    public Optional<Flaw> flaw(Message message) {
        return Flaw.ofId(message.id())
                .or(() -> Flaw.ofSender(message.from()))
                .or(() -> Flaw.ofText(message.text(), maxTextBytes));
    }

    /// Sends a message, unless the same was sent under its id. If that fails the id is free again.
    public SendOutcome once(Message message, Receivers receivers) {
        return once.once(message, key(receivers), () -> send(message, receivers));
    }

    /// Sends a message, unless anything was sent, or was to be, under its id. Whatever then becomes
    /// of it, the id is used.
    public SendOutcome atMostOnce(Message message, Receivers receivers) {
        return once.atMostOnce(message, key(receivers), () -> send(message, receivers));
    }

    private boolean send(Message message, Receivers receivers) {
        return switch (receivers) {
            case Receivers.User(String user) -> toUser(message, user);
            case Receivers.UserInRoom(int room, String user) ->
                    people.messenger().send(room, user, message);
            case Receivers.Room(int room, String except) ->
                    people.messenger().sendAll(room, except, message);
            case Receivers.Connection(long id) -> toConnection(message, id);
            case Receivers.Everybody.ROOMS -> toRooms(message);
            case Receivers.Everybody.WS -> toHub(message);
            case Receivers.Everybody.ALL -> toAll(message);
        };
    }

    private boolean toConnection(Message message, long id) {
        return people.callees()
                .find(id)
                .map(callee -> callee.offer(EncodedFrame.text(message.text())))
                .orElseGet(() -> people.connections().send(id, message));
    }

    private boolean toUser(Message message, String user) {
        boolean isTaken = false;
        for (int place : people.placesOf(user)) {
            isTaken |= people.messenger().send(place, user, message);
        }
        return isTaken;
    }

    private boolean toRooms(Message message) {
        return people.messenger().broadcast(message);
    }

    private boolean toHub(Message message) {
        return people.toEveryone().publish(EncodedFrame.text(message.text()));
    }

    /// Sends to all. A message that some have got must not be sent again, so one success is enough.
    private boolean toAll(Message message) {
        boolean isInRooms = toRooms(message);
        return toHub(message) || isInRooms;
    }

    /// No two different receivers have the same, on whatever nodes.
    private String key(Receivers receivers) {
        return switch (receivers) {
            case Receivers.User(String user) -> "user " + user;
            case Receivers.UserInRoom(int room, String user) -> "room " + room + " user " + user;
            case Receivers.Room(int room, String except) ->
                    "room " + room + (except == null ? "" : " but " + except);
            case Receivers.Connection(long id) -> "connection " + people.callees().name(id);
            case Receivers.Everybody everybody -> everybody.name();
        };
    }
}
