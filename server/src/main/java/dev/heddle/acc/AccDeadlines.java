package dev.heddle.acc;

import dev.heddle.config.UserSettings;
import dev.heddle.frame.CloseCode;
import dev.heddle.message.Incoming;
import dev.heddle.outbox.OutboxContext;
import dev.heddle.outbox.Transport;
import dev.heddle.session.LoginEnd;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How long a client of `/acc` may stay: the deadlines of its login, its token and its heartbeat;
/// and the signs of life that it asked for.
///
/// The wheel's thread looks at the deadlines; the connection's thread begins them.
abstract class AccDeadlines extends AccReceiver {
    private final AccContext context;

    // Written by the connection's thread, read by the wheel's and by those who ask.
    private volatile long expiresEpochMillis = LoginEnd.NEVER;
    private volatile int loggedOutMillis;
    private volatile int lifeMillis;
    private volatile @Nullable Keepalive keepalive;

    AccDeadlines(Transport transport, OutboxContext outboxes, AccContext context) {
        super(transport, outboxes);
        this.context = context;
        this.loggedOutMillis = transport.nowMillis();
        this.lifeMillis = loggedOutMillis;
    }

    /// The common parts of all connections to `/acc`.
    final AccContext context() {
        return context;
    }

    /// Whether somebody is logged in.
    abstract boolean isLoggedIn();

    /// How many milliseconds ago the client last showed life.
    final int silentMillis() {
        return transport().nowMillis() - lifeMillis;
    }

    /// Lets the client hear of the server every so many seconds. **For the connection's thread.**
    ///
    /// @param seconds 0 for never
    final void keepAlive(int seconds) {
        if (seconds > 0) {
            int now = transport().nowMillis();
            Keepalive asked = new Keepalive(seconds, now);
            keepalive = asked;
            transport().visitWithin(asked.left(now));
        }
    }

    /// Says until when the login holds. **For the connection's thread.**
    final void expire(Optional<Instant> expires) {
        expiresEpochMillis = LoginEnd.epochMillis(expires);
        transport().visitWithin(expiryLeft());
    }

    /// Begins the deadline for the next login. Before [#isLoggedIn] says that the last one has
    /// ended, or the wheel would take it for one that never came. **For the connection's thread.**
    final void awaitLogin() {
        loggedOutMillis = transport().nowMillis();
        expiresEpochMillis = LoginEnd.NEVER;
        keepalive = null;
    }

    /// Has the wheel look at that deadline. **For the connection's thread.**
    final void watchForLogin() {
        transport().visitWithin(loginLeft(loggedOutMillis));
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
    final void showLife() {
        lifeMillis = transport().nowMillis();
    }

    @Override
    public int visit(int nowMillis) {
        if (!isOpen()) {
            return Integer.MAX_VALUE;
        }
        boolean isLoggedIn = isLoggedIn();
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
    public boolean isAlive() {
        UserSettings users = context.users();
        return isOpen() && left(transport().nowMillis(), lifeMillis, users.onlineWindow()) > 0;
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

    /// The time left of a deadline; the longest possible if there is none.
    private static int left(int nowMillis, int sinceMillis, Duration deadline) {
        return deadline.isZero()
                ? Integer.MAX_VALUE
                : Math.toIntExact(deadline.toMillis()) - (nowMillis - sinceMillis);
    }
}
