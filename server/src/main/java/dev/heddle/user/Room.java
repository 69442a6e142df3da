package dev.heddle.user;

import dev.heddle.command.Envelope;
import dev.heddle.config.UserSessions;
import dev.heddle.frame.CloseCode;
import dev.heddle.frame.EncodedFrame;
import dev.heddle.hub.Hub;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The users of one room, and its hub, to which their connections subscribe.
///
/// **Thread-safe.** One lock guards who is in the room, and every change of that is announced to
/// the hub while the lock is held: so the hub's one order of `enter` and `exit` is the order of the
/// changes. Nobody who holds it waits for anything: an announcement fits even a full hub. What
/// keeps those from piling up is that each login first subscribes, which waits while the hub is
/// behind.
final class Room {
    private final int id;
    private final Hub hub;
    private final UserSessions sessions;
    private final Map<String, User> users = new LinkedHashMap<>();

    Room(int id, Hub hub, UserSessions sessions) {
        this.id = id;
        this.hub = hub;
        this.sessions = sessions;
    }

    int id() {
        return id;
    }

    Hub hub() {
        return hub;
    }

    /// Lets a connection in as one of this user's. Blocks while the hub is behind.
    void enter(Member member) {
        EncodedFrame push = frame(Envelope.enter(member.userId()));
        hub.subscribe(member);
        List<Member> replaced;
        try {
            replaced = add(member, push);
        } catch (RuntimeException | Error failed) {
            hub.unsubscribe(member);
            throw failed;
        }
        for (Member older : replaced) {
            hub.unsubscribe(older);
            older.client().close(CloseCode.TAKEN_OVER, "logged in elsewhere");
        }
    }

    /// @return whose place it has taken
    private synchronized List<Member> add(Member member, EncodedFrame push) {
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
            hub.announce(push.notFor(user.id()));
        }
        return replaced;
    }

    /// Lets a connection go, if it is still in. Never blocks.
    void leave(Member member, User user) {
        EncodedFrame push = frame(Envelope.exit(user.id()));
        synchronized (this) {
            if (user.remove(member) && user.members().isEmpty()) {
                users.remove(user.id());
                hub.announce(push.notFor(user.id()));
            }
        }
        hub.unsubscribe(member);
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

    /// Sends to all but one user. Blocks while the hub is behind.
    ///
    /// @return whether the hub has taken it
    boolean publish(EncodedFrame frame, @Nullable String except) {
        return hub.publish(except == null ? frame : frame.notFor(except));
    }

    private static EncodedFrame frame(byte[] push) {
        return EncodedFrame.text(push, 0, push.length);
    }
}
