package dev.heddle.user;

import dev.heddle.broker.Roster;
import dev.heddle.channel.Channel;
import dev.heddle.config.UserSessions;
import dev.heddle.frame.CloseCode;
import dev.heddle.hub.Fact;
import dev.heddle.hub.Fanout;
import dev.heddle.hub.Rendering;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The users of one room, and its channel, to whose fan-out their connections subscribe. The room
/// of those who are logged in without a room has none: they do not hear of each other.
///
/// **Thread-safe.** One lock guards who is in the room, and every change of that is announced to
/// the fan-out while the lock is held: so the one order of `enter` and `exit` is the order of the
/// changes. Nobody who holds it waits for anything: an announcement fits even a full hub. What
/// keeps those from piling up is that each login first subscribes, which waits while the hub is
/// behind.
final class Room {
    private final int id;
    private final @Nullable Fanout fanout;
    private final RoomRules rules;

    /// The users of the room on all nodes; `null` on one node.
    private final @Nullable Roster roster;

    private final Map<String, User> users = new LinkedHashMap<>();

    Room(int id, @Nullable Channel channel, RoomRules rules) {
        this.id = id;
        this.fanout = channel == null ? null : channel.fanout();
        this.rules = rules;
        this.roster = rules.roster().orElse(null);
        if (roster != null) {
            roster.open(place(id), new FromNodes());
        }
    }

    /// Tells of users as all nodes see them. Never blocks.
    private final class FromNodes implements Roster.Listener {
        @Override
        public void entered(String user, @Nullable String info) {
            announce(isAnnounced() ? render(new Fact.Entered(user)) : null);
        }

        @Override
        public void left(String user, @Nullable String info) {
            announce(isAnnounced() ? render(new Fact.Exited(user)) : null);
        }
    }

    /// A room's place in the roster.
    static String place(int id) {
        return "room:" + id;
    }

    int id() {
        return id;
    }

    /// Lets a connection in as one of this user's. Blocks while the hub is behind, and until all
    /// nodes can know of it: if they cannot, this throws, and the connection has to leave again.
    void enter(Member member) {
        if (fanout != null) {
            fanout.subscribe(member);
        }
        List<Member> replaced;
        try {
            replaced = add(member, render(new Fact.Entered(member.userId())));
        } catch (RuntimeException | Error failed) {
            unsubscribe(member);
            throw failed;
        }
        for (Member older : replaced) {
            unsubscribe(older);
            older.client().close(CloseCode.TAKEN_OVER, "logged in elsewhere");
        }
        if (roster != null) {
            roster.await(place(id), member.userId());
        }
    }

    /// @return whose place it has taken
    private synchronized List<Member> add(Member member, @Nullable Rendering entered) {
        List<Member> replaced = List.of();
        String userId = member.userId();
        User user = users.get(userId);
        boolean isFirst = user == null;
        if (user == null) {
            user = new User(this, userId);
            users.put(userId, user);
        }
        member.belongTo(user);
        if (rules.sessions() == UserSessions.TAKEOVER) {
            replaced = user.members();
            user.replaceAllBy(member);
        } else {
            user.add(member);
        }
        if (isFirst && roster != null) {
            roster.present(place(id), userId, null);
        } else if (isFirst) {
            announce(isAnnounced() ? entered : null);
        }
        return replaced;
    }

    /// Lets a connection go, if it is still in. Never blocks.
    void leave(Member member, User user) {
        Rendering exited = render(new Fact.Exited(user.id()));
        synchronized (this) {
            if (user.remove(member) && user.members().isEmpty()) {
                boolean isAnnounced = isAnnounced();
                users.remove(user.id());
                if (roster != null) {
                    roster.absent(place(id), user.id(), rules.grace().apply(member.client()));
                } else {
                    announce(isAnnounced ? exited : null);
                }
            }
        }
        unsubscribe(member);
    }

    /// Renders a fact before the lock is held, so that nobody waits for it.
    private @Nullable Rendering render(Fact fact) {
        return fanout == null ? null : fanout.render(fact);
    }

    /// Whether its users are told who enters and exits: not while there are too many of them.
    boolean isAnnounced() {
        return rules.maxAnnounced() == 0 || userCount() <= rules.maxAnnounced();
    }

    private void announce(@Nullable Rendering fact) {
        if (fanout != null && fact != null) {
            fanout.announce(fact);
        }
    }

    private void unsubscribe(Member member) {
        if (fanout != null) {
            fanout.unsubscribe(member);
        }
    }

    /// The logins of a user, the oldest first; none when there is no such user.
    synchronized List<Member> members(String userId) {
        User user = users.get(userId);
        return user == null ? List.of() : user.members();
    }

    /// The ids of all users on all nodes, in the order of their entering.
    List<String> userIds() {
        return roster == null ? userIdsHere() : roster.users(place(id));
    }

    private synchronized List<String> userIdsHere() {
        return List.copyOf(users.keySet());
    }

    /// How many users there are on all nodes.
    int userCount() {
        return roster == null ? userCountHere() : roster.count(place(id));
    }

    /// How many users there are on this node.
    synchronized int userCountHere() {
        return users.size();
    }
}
