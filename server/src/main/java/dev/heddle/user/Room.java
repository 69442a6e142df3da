package dev.heddle.user;

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
    private final UserSessions sessions;
    private final int maxAnnounced;
    private final Map<String, User> users = new LinkedHashMap<>();

    Room(int id, @Nullable Channel channel, UserSessions sessions, int maxAnnounced) {
        this.id = id;
        this.fanout = channel == null ? null : channel.fanout();
        this.sessions = sessions;
        this.maxAnnounced = maxAnnounced;
    }

    int id() {
        return id;
    }

    /// Lets a connection in as one of this user's. Blocks while the hub is behind.
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
        if (sessions == UserSessions.TAKEOVER) {
            replaced = user.members();
            user.replaceAllBy(member);
        } else {
            user.add(member);
        }
        if (isFirst) {
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
                announce(isAnnounced ? exited : null);
            }
        }
        unsubscribe(member);
    }

    /// Before the lock is held, so that nobody waits for it.
    private @Nullable Rendering render(Fact fact) {
        return fanout == null ? null : fanout.render(fact);
    }

    /// Whether its users are told who enters and exits: not while there are too many of them.
    synchronized boolean isAnnounced() {
        return maxAnnounced == 0 || users.size() <= maxAnnounced;
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

    /// The ids of all users, in the order of their entering.
    synchronized List<String> userIds() {
        return List.copyOf(users.keySet());
    }

    synchronized int userCount() {
        return users.size();
    }
}
