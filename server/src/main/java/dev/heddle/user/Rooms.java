package dev.heddle.user;

import dev.heddle.broker.Broker.Outcome;
import dev.heddle.broker.BrokerUnavailable;
import dev.heddle.broker.Cluster;
import dev.heddle.channel.Channel;
import dev.heddle.channel.Channels;
import dev.heddle.config.RoomSettings;
import dev.heddle.config.UserSessions;
import dev.heddle.user.OtherNodes.Verb;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// All rooms and their users: on this node, and by asking others on those. **Thread-safe.**
public final class Rooms implements Presence, Messenger {
    private static final String ROOM = "room:";
    private static final Pattern OF_A_ROOM = Pattern.compile(ROOM + "[0-9]+");

    private final Map<Integer, Room> rooms = new LinkedHashMap<>();
    private final Room noRoom;
    private final Channels channels;
    private final Optional<OtherNodes> others;
    private final OwnUsers own = new OwnUsers(new Logins());
    private final boolean isTakeover;

    /// @param settings of all rooms that there will ever be
    /// @param maxAnnounced users of a room up to which its users are told who enters and exits; 0
    ///   is no limit
    /// @param channels of which each room keeps one
    public Rooms(RoomSettings settings, int maxAnnounced, Channels channels) {
        this.channels = channels;
        this.isTakeover = settings.sessions() == UserSessions.TAKEOVER;
        Optional<Cluster> cluster = channels.cluster();
        this.others = cluster.map(nodes -> new OtherNodes(nodes.nodes(), nodes.roster()));
        RoomRules rules =
                new RoomRules(
                        settings.sessions(),
                        maxAnnounced,
                        cluster.map(Cluster::roster),
                        leaving -> grace(cluster, leaving));
        this.noRoom = new Room(NO_ROOM, null, rules);
        for (int id : settings.ids()) {
            Channel channel = channels.keep(channelOf(id));
            rooms.put(id, new Room(id, channel, rules));
        }
        others.ifPresent(nodes -> nodes.answer(own));
    }

    /// The grace of a user whom the server has sent away, or who leaves while it stops: such a user
    /// may come back to another node.
    private Duration grace(Optional<Cluster> cluster, Client leaving) {
        return cluster.filter(_ -> leaving.isSentAway() || channels.isDraining())
                .map(nodes -> nodes.nodes().lease())
                .orElse(Duration.ZERO);
    }

    /// The channel of a room.
    public static String channelOf(int room) {
        return Room.place(room);
    }

    /// Whether a name is kept for the channel of a room that there is not: `room:` and digits.
    ///
    /// @param rooms the ids of those that there are
    public static boolean isOfNoRoom(String channel, Collection<Integer> rooms) {
        return channel.startsWith(ROOM)
                && OF_A_ROOM.matcher(channel).matches()
                && rooms.stream().noneMatch(room -> channelOf(room).equals(channel));
    }

    /// Whether somebody who may log in to these rooms may know what is said in a channel: in those
    /// of other rooms not, nor in those of rooms that there are not.
    ///
    /// @param allowed ids of rooms; empty for all
    public boolean mayRead(String channel, Set<Integer> allowed) {
        return !isOfNoRoom(channel, rooms.keySet())
                && (allowed.isEmpty()
                        || rooms.keySet().stream()
                                .filter(room -> !allowed.contains(room))
                                .noneMatch(room -> channelOf(room).equals(channel)));
    }

    /// Whether there is such a room.
    public boolean exists(int room) {
        return rooms.containsKey(room);
    }

    /// Logs a user in to a room that there is, or to [#NO_ROOM], on a connection. When this
    /// returns, the user is in all lists, the connection gets what is sent to the room, and the
    /// `enter` push, if it is the user's first connection, is on its way to the others. Blocks
    /// while the room's hub is behind.
    ///
    /// @param member of that connection, and of no login yet
    public void enter(Member member, int room) {
        Room entered = find(room);
        if (entered == null) {
            throw new IllegalArgumentException("no room " + room);
        }
        entered.enter(member);
        if (isTakeover) {
            others.ifPresent(nodes -> nodes.takeOver(room, member.userId()));
        }
    }

    /// Ends a login, unless it is ended; the `exit` push, if it was the user's last connection, is
    /// then on its way. Never blocks.
    public void leave(Member member) {
        User user = member.user();
        if (user != null) {
            user.room().leave(member, user);
        }
    }

    /// How many users are logged in on this node, counted once for each room.
    public int userCount() {
        return noRoom.userCountHere() + rooms.values().stream().mapToInt(Room::userCountHere).sum();
    }

    @Override
    public List<Integer> rooms() {
        return List.copyOf(rooms.keySet());
    }

    @Override
    public List<String> users(int room) {
        Room asked = find(room);
        return asked == null ? List.of() : asked.userIds();
    }

    @Override
    public int userCount(int room) {
        Room asked = find(room);
        return asked == null ? 0 : asked.userCount();
    }

    /// Whether the users of a room are told who enters and exits: not while there are too many of
    /// them.
    public boolean isAnnounced(int room) {
        Room asked = find(room);
        return asked != null && asked.isAnnounced();
    }

    @Override
    public boolean isOnline(int room, String user) {
        return own.connections(room, user).stream().anyMatch(ConnectionInfo::isOnline)
                || connections(room, user).stream().anyMatch(ConnectionInfo::isOnline);
    }

    @Override
    public List<ConnectionInfo> connections(int room, String user) {
        List<ConnectionInfo> here = own.connections(room, user);
        List<ConnectionInfo> all = new ArrayList<>(here);
        try {
            others.ifPresent(nodes -> all.addAll(nodes.connections(room, user)));
        } catch (BrokerUnavailable unknown) {
            if (here.isEmpty()) {
                throw unknown;
            }
        }
        return all;
    }

    @Override
    public boolean send(int room, String user, Message message) {
        boolean isTakenHere = own.send(room, user, message);
        try {
            return others.filter(nodes -> nodes.send(room, user, message)).isPresent()
                    || isTakenHere;
        } catch (BrokerUnavailable gone) {
            if (isTakenHere) {
                return true;
            }
            throw gone;
        }
    }

    @Override
    public boolean sendAll(int room, @Nullable String except, Message message) {
        return exists(room)
                && channels.publish(channelOf(room), message.toPublish(except), false).outcome()
                        == Outcome.DELIVERED;
    }

    @Override
    public boolean broadcast(Message message) {
        boolean taken = true;
        for (int room : rooms.keySet()) {
            taken &= sendAll(room, null, message);
        }
        return taken;
    }

    @Override
    public int disconnect(int room, String user) {
        int here = own.disconnect(room, user);
        return here + others.map(nodes -> nodes.disconnect(room, user)).orElse(0);
    }

    @Override
    public int subscribe(String user, String channel) {
        return own.subscribe(user, channel) + elsewhere(Verb.SUBSCRIBE, user, channel);
    }

    @Override
    public int unsubscribe(String user, String channel) {
        return own.unsubscribe(user, channel) + elsewhere(Verb.UNSUBSCRIBE, user, channel);
    }

    private int elsewhere(Verb verb, String user, String channel) {
        return others.map(nodes -> nodes.change(verb, user, channel)).orElse(0);
    }

    private final class Logins implements OwnUsers.Logins {
        @Override
        public Stream<Integer> places() {
            return Stream.concat(Stream.of(NO_ROOM), rooms.keySet().stream());
        }

        @Override
        public List<Member> of(int room, String user) {
            return members(room, user);
        }

        @Override
        public void end(Member member) {
            leave(member);
        }
    }

    private List<Member> members(int room, String user) {
        Room asked = find(room);
        return asked == null ? List.of() : asked.members(user);
    }

    private @Nullable Room find(int room) {
        return room == NO_ROOM ? noRoom : rooms.get(room);
    }
}
