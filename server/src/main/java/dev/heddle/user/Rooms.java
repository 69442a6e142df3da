package dev.heddle.user;

import dev.heddle.config.UserSessions;
import dev.heddle.frame.CloseCode;
import dev.heddle.frame.EncodedFrame;
import dev.heddle.hub.Hub;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// All rooms of this node, and who is in them. **Thread-safe.**
public final class Rooms implements Presence, Messenger {
    private final Map<Integer, Room> rooms = new LinkedHashMap<>();

    /// @param ids the ids of all rooms that there will ever be, in the order in which they are
    ///   shown
    /// @param sessions how many connections to a room a user may have
    /// @param hubs makes a room's hub
    public Rooms(Collection<Integer> ids, UserSessions sessions, Supplier<Hub> hubs) {
        for (int id : ids) {
            rooms.put(id, new Room(id, hubs.get(), sessions));
        }
    }

    /// Starts the hubs.
    public void start() {
        rooms.values().forEach(room -> room.hub().start());
    }

    /// Takes no more messages, and lets everybody go away after those already taken. Blocks until
    /// that is done, at most for the given time.
    public void drain(Duration bound) throws InterruptedException {
        long endNanos = System.nanoTime() + bound.toNanos();
        for (Room room : rooms.values()) {
            room.hub().drain(Duration.ofNanos(Math.max(0, endNanos - System.nanoTime())));
        }
    }

    /// Ends the hubs at once.
    public void stop() {
        rooms.values().forEach(room -> room.hub().stop());
    }

    /// Whether there is such a room.
    public boolean exists(int room) {
        return rooms.containsKey(room);
    }

    /// Logs a user in to a room that there is, on a connection. When this returns, the user is in
    /// all lists, the connection gets what is sent to the room, and the `enter` push, if it is the
    /// user's first connection, is on its way to the others. Blocks while the room's hub is behind.
    ///
    /// @param member of that connection, and of no login yet
    public void enter(Member member, int room) {
        Room entered = rooms.get(room);
        if (entered == null) {
            throw new IllegalArgumentException("no room " + room);
        }
        entered.enter(member);
    }

    /// Ends a login, unless it is ended; the `exit` push, if it was the user's last connection, is
    /// then on its way. Never blocks.
    public void leave(Member member) {
        User user = member.user();
        if (user != null) {
            user.room().leave(member, user);
        }
    }

    /// How many users are logged in, counted once for each room.
    public int userCount() {
        return rooms.values().stream().mapToInt(Room::userCount).sum();
    }

    /// How many commands wait for the hubs of all rooms.
    public int queued() {
        return rooms.values().stream().mapToInt(room -> room.hub().queued()).sum();
    }

    @Override
    public List<Integer> rooms() {
        return List.copyOf(rooms.keySet());
    }

    @Override
    public List<String> users(int room) {
        Room asked = rooms.get(room);
        return asked == null ? List.of() : asked.userIds();
    }

    @Override
    public int userCount(int room) {
        Room asked = rooms.get(room);
        return asked == null ? 0 : asked.userCount();
    }

    @Override
    public boolean isOnline(int room, String user) {
        return members(room, user).stream().anyMatch(member -> member.client().isAlive());
    }

    @Override
    public List<ConnectionInfo> connections(int room, String user) {
        return members(room, user).stream().map(member -> member.client().info()).toList();
    }

    @Override
    public boolean send(int room, String user, Message message) {
        EncodedFrame frame = message.encode();
        long sinceNanos = System.nanoTime();
        List<Member> members = members(room, user);
        List<Client> full = new ArrayList<>();
        for (Member member : members) {
            if (!member.client().offer(frame)) {
                full.add(member.client());
            }
        }
        boolean taken = full.size() < members.size();
        for (Client client : full) { // all have the same time, however many they are
            taken |= client.deliver(frame, sinceNanos);
        }
        return taken;
    }

    @Override
    public boolean sendAll(int room, @Nullable String except, Message message) {
        Room asked = rooms.get(room);
        return asked != null && asked.publish(message.encode(), except);
    }

    @Override
    public boolean broadcast(Message message) {
        EncodedFrame frame = message.encode();
        boolean taken = true;
        for (Room room : rooms.values()) {
            taken &= room.publish(frame, null);
        }
        return taken;
    }

    @Override
    public int disconnect(int room, String user) {
        List<Member> members = members(room, user);
        for (Member member : members) {
            leave(member);
            member.client().close(CloseCode.DISCONNECTED, "disconnected");
        }
        return members.size();
    }

    private List<Member> members(int room, String user) {
        Room asked = rooms.get(room);
        return asked == null ? List.of() : asked.members(user);
    }
}
