package dev.heddle.user;

import dev.heddle.frame.EncodedFrame;
import dev.heddle.hub.Subscriber;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// One login: a connection's membership of a room, from `login` to its end. A later login on the
/// same connection is another member, so that the hub of the old room, which may not have carried
/// out the end of this one yet, never meets it.
///
/// **Thread-safe.**
public final class Member extends Subscriber {
    private final Client client;
    private final String userId;

    /// Whose login it is, once it is one.
    private volatile @Nullable User user;

    /// @param client the connection
    /// @param userId whose login it will be: known to the hub, which passes over what is not for
    ///   this user, before the room knows of it
    public Member(Client client, String userId) {
        this.client = client;
        this.userId = userId;
    }

    Client client() {
        return client;
    }

    /// Whose login it is; `null` until it is one.
    @Nullable User user() {
        return user;
    }

    /// The user's id.
    public String userId() {
        return userId;
    }

    /// Whether it is a login yet; until then it may wait for the hub.
    public boolean hasEntered() {
        return user != null;
    }

    /// The room's id; 0 until it is a login.
    public int roomId() {
        User owner = user;
        return owner == null ? 0 : owner.room().id();
    }

    void belongTo(User owner) {
        user = owner;
    }

    /// Offers what is for this user, and passes over the rest.
    @Override
    protected int offerAll(List<EncodedFrame> frames, int from) {
        int next = from;
        while (next < frames.size()) {
            int end = endOfThoseFor(frames, next);
            if (end > next) {
                next =
                        client.offerAll(
                                end == frames.size() ? frames : frames.subList(0, end), next);
                if (next < end) {
                    return next;
                }
            }
            while (next < frames.size() && !frames.get(next).isFor(userId)) {
                next++;
            }
        }
        return next;
    }

    private int endOfThoseFor(List<EncodedFrame> frames, int from) {
        int end = from;
        while (end < frames.size() && frames.get(end).isFor(userId)) {
            end++;
        }
        return end;
    }

    @Override
    protected void awaitRoom(int bytes, long maxMillis) {
        client.awaitRoom(bytes, maxMillis);
    }

    @Override
    protected boolean isTooSlow(int waitedMillis) {
        return client.isTooSlow(waitedMillis);
    }

    @Override
    protected void goAway() {
        client.goAway();
    }
}
