package dev.heddle.user;

import dev.heddle.hub.Fact;
import dev.heddle.hub.Form;
import dev.heddle.hub.Receiver;
import dev.heddle.hub.SelectiveSubscriber;

import org.jspecify.annotations.Nullable;

/// One login: a connection's membership of a room, from `login` to its end. A later login on the
/// same connection is another member, so that the hub of the old room, which may not have carried
/// out the end of this one yet, never meets it.
///
/// **Thread-safe.**
public final class Member extends SelectiveSubscriber {
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

    @Override
    protected Receiver receiver() {
        return client;
    }

    @Override
    protected Form form() {
        return client.roomForm();
    }

    @Override
    protected boolean wants(Fact fact) {
        return switch (fact) {
            case Fact.Published published ->
                    !userId.equals(published.publication().message().except());
            case Fact.Entered(String user) -> !user.equals(userId);
            case Fact.Exited(String user) -> !user.equals(userId);
            case Fact.Raw _, Fact.Joined _, Fact.Left _, Fact.Sent _ -> false;
        };
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
}
