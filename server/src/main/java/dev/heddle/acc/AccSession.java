package dev.heddle.acc;

import dev.heddle.channel.Identity;
import dev.heddle.outbox.OutboxContext;
import dev.heddle.outbox.Transport;
import dev.heddle.session.Throttle;
import dev.heddle.telemetry.Addresses;
import dev.heddle.user.ConnectionInfo;
import dev.heddle.user.LoginCheck.Decision;
import dev.heddle.user.Member;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/// One connection to `/acc`: the login on it, and what it is subscribed to.
///
/// **Thread-safe**, but what is said to be for the connection's thread.
abstract class AccSession extends AccDeadlines {
    private final Throttle throttle;

    /// Written by the connection's thread.
    private volatile @Nullable Member member;

    /// Made when the login first needs it: most users of rooms never do.
    private volatile @Nullable Subscriptions subscriptions;

    /// Written by the connection's thread.
    private volatile @Nullable String awaited;

    AccSession(
            Transport transport, OutboxContext outboxes, AccContext context, Throttle.Rates rates) {
        super(transport, outboxes, context);
        this.throttle = new Throttle(rates, System.nanoTime());
    }

    @Override
    public @Nullable String user() {
        Member login = member;
        return login == null ? null : login.userId();
    }

    @Override
    public @Nullable String waitsFor() {
        return awaited;
    }

    /// Says for which service the connection's thread waits; `null` for none. **For that thread.**
    void waitFor(@Nullable String service) {
        awaited = service;
    }

    /// The subscriptions of the login, which there must be. **For the connection's thread.**
    Subscriptions subscriptions() {
        return Objects.requireNonNull(anySubscriptions());
    }

    /// The subscriptions of the login, if they were needed yet. **For the connection's thread.**
    @Nullable Subscriptions presentSubscriptions() {
        return subscriptions;
    }

    /// The subscriptions of the login; `null` if there is no login.
    synchronized @Nullable Subscriptions anySubscriptions() {
        Member login = member;
        if (subscriptions == null && login != null) {
            Identity identity = new Identity(login.userId(), null);
            subscriptions = new Subscriptions(context(), this, identity, Rights.USUAL);
        }
        return subscriptions;
    }

    /// The largest size of the publications in one reply, for a client that asks for portions.
    int portionBytes() {
        return outbox().bounds().sending().portionBytes();
    }

    /// The address that logins are counted by.
    InetAddress address() {
        return Addresses.network(transport().address().getAddress());
    }

    @Override
    boolean isLoggedIn() {
        return member != null;
    }

    /// The login on this connection, or `null`.
    @Nullable Member member() {
        return member;
    }

    /// The login on this connection, which there must be.
    Member requireMember() {
        return Objects.requireNonNull(member);
    }

    /// Logs in, after which the room's pushes come. Blocks while the room's hub is behind. **For
    /// the connection's thread.**
    void logIn(int room, Decision.Allowed allowed) {
        Member login = new Member(this, allowed.user());
        expire(allowed.expires());
        showLife();
        open(allowed);
        member = login; // before it is in the room, so that whatever happens it gets out
        try {
            context().rooms().enter(login, room);
        } catch (RuntimeException | Error failed) {
            logOut();
            throw failed;
        }
    }

    /// Makes the subscriptions of a login whose token says something of them.
    private synchronized void open(Decision.Allowed allowed) {
        if (saysSomething(allowed)) {
            Subscriptions opened =
                    new Subscriptions(context(), this, identity(allowed), Rights.of(allowed));
            opened.subscribeToNamed();
            subscriptions = opened;
        }
    }

    /// Lets another token of the same user hold for the login, in all that it says, in place of the
    /// earlier one. Blocks while somebody changes a subscription. **For the connection's thread.**
    void renew(Decision.Allowed allowed) {
        expire(allowed.expires());
        showLife();
        if (subscriptions != null || saysSomething(allowed)) {
            subscriptions().renew(identity(allowed), Rights.of(allowed));
        }
    }

    /// Whether a token says something of subscriptions.
    private static boolean saysSomething(Decision.Allowed token) {
        return !token.rooms().isEmpty() || !token.channels().isEmpty() || token.info().isPresent();
    }

    private static Identity identity(Decision.Allowed allowed) {
        return new Identity(allowed.user(), allowed.info().orElse(null));
    }

    /// Logs out, if somebody has logged in. Never blocks, but for a subscription that another
    /// thread is just beginning. **For the connection's thread.**
    void logOut() {
        Member login = member;
        if (login != null) {
            awaitLogin();
            member = null;
            endSubscriptions();
            context().rooms().leave(login);
            watchForLogin();
        }
    }

    /// May wait for a subscription that is just beginning: so not with this session's lock, which
    /// the hub takes.
    private void endSubscriptions() {
        Subscriptions ended = takeSubscriptions();
        if (ended != null) {
            ended.close();
        }
    }

    private synchronized @Nullable Subscriptions takeSubscriptions() {
        Subscriptions taken = subscriptions;
        subscriptions = null;
        return taken;
    }

    /// As [Throttle#takeTime]. **For the connection's thread.**
    boolean takeTime(int bytes) throws InterruptedException {
        return throttle.takeTime(this, bytes);
    }

    @Override
    public String name() {
        return context().connections().names().of(id());
    }

    @Override
    public ConnectionInfo info() {
        Member login = member;
        return new ConnectionInfo(
                name(),
                Addresses.text(transport().address()),
                Instant.ofEpochMilli(transport().openedEpochMillis()),
                Optional.ofNullable(login)
                        .filter(Member::hasEntered)
                        .map(at -> new ConnectionInfo.Login(at.roomId(), at.userId())),
                silentMillis(),
                login != null && isAlive());
    }

    @Override
    public boolean subscribe(String user, String channel) {
        Subscriptions ofLogin = anySubscriptions();
        return ofLogin != null && ofLogin.subscribe(user, channel);
    }

    @Override
    public void lost(String channel) {
        Subscriptions ofLogin = subscriptions;
        if (ofLogin != null) {
            Thread.ofVirtual().name("heddle-lost").start(() -> ofLogin.lost(channel));
        }
    }

    @Override
    public boolean unsubscribe(String user, String channel) {
        Subscriptions ofLogin = subscriptions;
        return ofLogin != null && ofLogin.unsubscribe(user, channel);
    }
}
