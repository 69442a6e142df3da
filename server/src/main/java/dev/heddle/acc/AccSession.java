package dev.heddle.acc;

import dev.heddle.acc.wire.AccForm;
import dev.heddle.channel.Identity;
import dev.heddle.config.UserSettings;
import dev.heddle.frame.CloseCode;
import dev.heddle.frame.EncodedFrame;
import dev.heddle.hub.Form;
import dev.heddle.hub.Rendering;
import dev.heddle.message.Incoming;
import dev.heddle.outbox.OutboxContext;
import dev.heddle.outbox.Transport;
import dev.heddle.session.ClientSession;
import dev.heddle.session.LoginEnd;
import dev.heddle.session.Throttle;
import dev.heddle.telemetry.Peers;
import dev.heddle.user.Client;
import dev.heddle.user.ConnectionInfo;
import dev.heddle.user.LoginCheck.Decision;
import dev.heddle.user.Member;
import dev.heddle.user.Rooms;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// One connection to `/acc`: who has logged in on it, until when, and when it last showed life.
///
/// **Thread-safe**, but what is said to be for the connection's thread.
final class AccSession extends ClientSession implements Client {
    private final Transport transport;
    private final OutboxContext outboxes;
    private final AccEndpoint endpoint;
    private final AccContext context;
    private final Throttle throttle;

    // Written by the connection's thread, read by the wheel's and by those who ask.
    private volatile @Nullable Member member;
    private volatile long expiresEpochMillis = LoginEnd.NEVER;
    private volatile int loggedOutMillis;
    private volatile int lifeMillis;
    private volatile @Nullable Keepalive keepalive;

    /// When a hub last waited for this client. Guarded by this.
    private int waitedAtMillis;

    /// Made when the login first needs it: most users of rooms never do.
    private volatile @Nullable Subscriptions subscriptions;

    AccSession(
            Transport transport, OutboxContext outboxes, AccEndpoint endpoint, AccContext context) {
        super(transport, outboxes);
        this.transport = transport;
        this.outboxes = outboxes;
        this.endpoint = endpoint;
        this.context = context;
        this.throttle = new Throttle(endpoint.rates(), System.nanoTime());
        this.loggedOutMillis = transport.nowMillis();
        this.lifeMillis = loggedOutMillis;
    }

    @Override
    protected void opened() {
        endpoint.opened(this);
    }

    @Override
    protected void message(Incoming.Data message) {
        endpoint.message(this, message);
    }

    @Override
    protected void closed() {
        endpoint.closed(this);
    }

    @Override
    public long id() {
        return transport.id();
    }

    @Override
    public @Nullable String user() {
        Member login = member;
        return login == null ? null : login.userId();
    }

    /// The subscriptions of the login, which there must be. **For the connection's thread.**
    Subscriptions subscriptions() {
        return Objects.requireNonNull(anySubscriptions());
    }

    /// The subscriptions of the login; `null` if there is none.
    private synchronized @Nullable Subscriptions anySubscriptions() {
        Member login = member;
        if (subscriptions == null && login != null) {
            Identity identity = new Identity(login.userId(), null);
            subscriptions = new Subscriptions(context.channels(), this, identity, Rights.USUAL);
        }
        return subscriptions;
    }

    /// The rooms of the server.
    Rooms rooms() {
        return context.rooms();
    }

    /// What the publications of one reply may take, for a client that asks for portions.
    int portionBytes() {
        return outboxes.bounds().sending().portionBytes();
    }

    /// The address that logins are counted by.
    InetAddress address() {
        return transport.peer().getAddress();
    }

    /// The login on this connection, or `null`.
    @Nullable Member member() {
        return member;
    }

    /// The login on this connection, which there must be.
    Member requireMember() {
        return Objects.requireNonNull(member);
    }

    /// The reply to a request is on its way. **For the connection's thread.**
    void replied() {
        Subscriptions ofLogin = subscriptions;
        if (ofLogin != null) {
            ofLogin.replied();
        }
    }

    /// Lets the client hear of the server every so many seconds. **For the connection's thread.**
    ///
    /// @param seconds 0 for never
    void keepAlive(int seconds) {
        if (seconds > 0) {
            int now = transport.nowMillis();
            Keepalive asked = new Keepalive(seconds, now);
            keepalive = asked;
            transport.visitWithin(asked.left(now));
        }
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
            context.rooms().enter(login, room);
        } catch (RuntimeException | Error failed) {
            logOut();
            throw failed;
        }
    }

    /// Makes the subscriptions of a login whose token says something of them.
    private synchronized void open(Decision.Allowed allowed) {
        if (saysSomething(allowed)) {
            Subscriptions opened =
                    new Subscriptions(
                            context.channels(), this, identity(allowed), Rights.of(allowed));
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

    /// Says until when the login holds. **For the connection's thread.**
    private void expire(Optional<Instant> expires) {
        expiresEpochMillis = LoginEnd.epochMillis(expires);
        transport.visitWithin(expiryLeft());
    }

    /// Logs out, if somebody has logged in. Never blocks, but for a subscription that another
    /// thread is just beginning. **For the connection's thread.**
    void logOut() {
        Member login = member;
        if (login != null) {
            loggedOutMillis = transport.nowMillis();
            member = null;
            expiresEpochMillis = LoginEnd.NEVER;
            keepalive = null;
            endSubscriptions();
            context.rooms().leave(login);
            transport.visitWithin(loginLeft(loggedOutMillis));
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

    /// A control frame shows life where any command does: a subscriber has nothing else to say than
    /// its pongs, and a client that pings us is never silent until we ping it.
    @Override
    public boolean handle(Incoming incoming) {
        if (!(incoming instanceof Incoming.Data) && context.users().anyCommandIsLife()) {
            showLife();
        }
        return super.handle(incoming);
    }

    /// The client has shown life.
    void showLife() {
        lifeMillis = transport.nowMillis();
    }

    /// As [Throttle#takeTime]. **For the connection's thread.**
    boolean takeTime(int bytes) throws InterruptedException {
        return throttle.takeTime(this, bytes);
    }

    @Override
    public int visit(int nowMillis) {
        if (!isOpen()) {
            return Integer.MAX_VALUE;
        }
        boolean isLoggedIn = member != null;
        int loginLeft = isLoggedIn ? expiryLeft() : loginLeft(nowMillis);
        int heartbeatLeft = left(nowMillis, lifeMillis, context.users().heartbeatDeadline());
        if (loginLeft <= 0 && !isLoggedIn) {
            close(CloseCode.LOGIN_MISSED, "not logged in in time");
        } else if (loginLeft <= 0) {
            close(CloseCode.TOKEN_EXPIRED, "token expired");
        } else if (heartbeatLeft <= 0) {
            close(CloseCode.HEARTBEAT_MISSED, "no heartbeat in time");
        }
        return Math.max(1, Math.min(keepaliveLeft(nowMillis), Math.min(loginLeft, heartbeatLeft)));
    }

    @Override
    public ConnectionInfo info() {
        Member login = member;
        return new ConnectionInfo(
                id(),
                Peers.text(transport.peer()),
                Instant.ofEpochMilli(transport.openedEpochMillis()),
                Optional.ofNullable(login)
                        .filter(Member::hasEntered)
                        .map(at -> new ConnectionInfo.Login(at.roomId(), at.userId())),
                transport.nowMillis() - lifeMillis,
                login != null && isAlive());
    }

    @Override
    public boolean isAlive() {
        UserSettings users = context.users();
        return isOpen() && left(transport.nowMillis(), lifeMillis, users.onlineWindow()) > 0;
    }

    @Override
    public boolean isTaking() {
        return outbox().isTaking();
    }

    @Override
    public boolean subscribe(String user, String channel) {
        Subscriptions ofLogin = anySubscriptions();
        return ofLogin != null && ofLogin.subscribe(user, channel);
    }

    @Override
    public boolean unsubscribe(String user, String channel) {
        Subscriptions ofLogin = subscriptions;
        return ofLogin != null && ofLogin.unsubscribe(user, channel);
    }

    /// Counts time once, however many hubs have waited through it.
    @Override
    public boolean endIfTooSlow(int waitedMillis) {
        return super.endIfTooSlow(Math.min(waitedMillis, sinceLastWait()));
    }

    private synchronized int sinceLastWait() {
        int now = (int) TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
        int passed = now - waitedAtMillis;
        waitedAtMillis = now;
        return passed < 0 ? Integer.MAX_VALUE : passed;
    }

    @Override
    public Form channelForm() {
        return AccForm.CHANNEL;
    }

    @Override
    public Form roomForm() {
        return AccForm.ROOM;
    }

    @Override
    public boolean deliver(Rendering fact, long sinceNanos) {
        return deliver(inRoomForm(fact), sinceNanos);
    }

    @Override
    public boolean offer(Rendering fact) {
        return offer(inRoomForm(fact));
    }

    private static EncodedFrame inRoomForm(Rendering fact) {
        return Objects.requireNonNull(fact.in(AccForm.ROOM));
    }

    /// As [#deliver(Rendering, long)], whatever it is.
    boolean deliver(EncodedFrame frame, long sinceNanos) {
        long endNanos =
                sinceNanos + TimeUnit.MILLISECONDS.toNanos(outboxes.bounds().slowConsumerMillis());
        while (!offer(frame)) {
            long leftMillis = TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime());
            if (leftMillis <= 0 || !isTaking()) {
                return false;
            }
            awaitRoom(frame.length(), leftMillis);
        }
        return true;
    }

    /// As [#offer(Rendering)], whatever it is.
    boolean offer(EncodedFrame frame) {
        return isTaking() && offerAll(List.of(frame), 0) == 1;
    }

    /// Sends a sign of life when it is time for one.
    private int keepaliveLeft(int nowMillis) {
        Keepalive asked = keepalive;
        if (asked == null) {
            return Integer.MAX_VALUE;
        }
        if (asked.takeDue(nowMillis)) {
            offer(Keepalive.PUSH);
        }
        return asked.left(nowMillis);
    }

    private int loginLeft(int nowMillis) {
        return left(nowMillis, loggedOutMillis, context.users().loginDeadline());
    }

    private int expiryLeft() {
        return LoginEnd.left(expiresEpochMillis, context.clock());
    }

    /// What is left of a deadline; of none, as much as there can be.
    private static int left(int nowMillis, int sinceMillis, Duration deadline) {
        return deadline.isZero()
                ? Integer.MAX_VALUE
                : Math.toIntExact(deadline.toMillis()) - (nowMillis - sinceMillis);
    }
}
