package dev.heddle.net;

import dev.heddle.session.ClientSession;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/// A connection's deadlines: what its thread is doing since when, and how it ends when that lasts
/// too long.
///
/// The connection's thread says what it begins ([#enter]), and the wheel's thread looks whether a
/// deadline has passed ([#visit]). Then the reading ends, and the connection's own thread finds out
/// why and tells the peer ([#expired]); a peer that cannot be told so in time is cut off
/// ([#abort]).
///
/// Methods named `enforce…` act when a deadline has passed, and return the milliseconds until they
/// have to be called again; methods named `…Left` only compute.
abstract class ConnectionDeadlines extends StayingPeer {
    private final ServerContext context;

    // Written by the connection's thread, read by the wheel's.
    private volatile Phase phase = Phase.HEAD;
    private volatile int phaseSinceMillis;

    private volatile @Nullable Expiry expired;

    /// When the end began, or was last seen to wait for our own Close frame.
    private volatile int closingSinceMillis;

    ConnectionDeadlines(ServerContext context) {
        this.context = context;
        this.phaseSinceMillis = context.wheel().nowMillis();
    }

    /// The client's session; `null` before it has one.
    abstract @Nullable ClientSession session();

    /// Whether bytes of the peer have arrived that the server still has to handle: nobody has read
    /// them, or the connection's thread is at work on them, or waits for its turn to be. Any thread
    /// may ask.
    abstract boolean hasUnhandled();

    @Override
    final boolean isAtRest() {
        return phase == Phase.AT_REST && !hasUnhandled();
    }

    /// Ends the reading, so that the connection's thread comes to its end.
    abstract void endReading() throws IOException;

    /// Ends the connection at once, without a goodbye. Never blocks.
    public abstract void abort();

    /// The common parts of all connections.
    final ServerContext context() {
        return context;
    }

    /// The wheel's coarse clock.
    public final int nowMillis() {
        return context.wheel().nowMillis();
    }

    /// The phase of the connection's thread.
    final Phase phase() {
        return phase;
    }

    /// The connection's thread begins something else, under another deadline.
    final void enter(Phase next) {
        phaseSinceMillis = nowMillis();
        phase = next;
        showsLife();
    }

    /// A WebSocket has been opened: the deadlines of its session begin.
    final void opened(ClientSession session) {
        int now = nowMillis();
        int left = Math.min(session.visit(now), ageLeft(timeouts().stay(), now));
        if (left < timeouts().period()) {
            visitWithin(left);
        }
    }

    /// A whole message has arrived: the idle deadline starts anew.
    final void messageArrived() {
        hasSaidSomething(nowMillis());
    }

    /// A Close frame has been queued: the deadline for the peer's answer runs. Never blocks.
    public final void closeQueued() {
        closingSinceMillis = nowMillis();
        visitWithin(timeouts().close());
    }

    /// Looks at the deadlines after this time at the latest. Never blocks.
    public final void visitWithin(int millis) {
        context.wheel().scheduleNoLaterThan(this, millis);
    }

    /// The server makes the peer wait in the middle of something: no deadline holds meanwhile.
    ///
    /// @return for [#goOn]
    final int pausePeer() {
        phase = Phase.HANDLING;
        return nowMillis();
    }

    /// The server makes the peer wait no more: that time does not count against it.
    ///
    /// @param paused what the peer goes on with
    /// @param pausedMillis when it began to wait
    final void goOn(Phase paused, int pausedMillis) {
        int sinceMillis = phaseSinceMillis;
        phaseSinceMillis = sinceMillis + nowMillis() - pausedMillis;
        phase = paused;
    }

    /// Why we have ended the reading, or `null` when it was the peer.
    final @Nullable Expiry expired() {
        return expired;
    }

    /// Ends the reading for a reason that is no deadline. Never blocks.
    final void endReading(Expiry reason) {
        visitWithin(expire(reason));
    }

    /// Looks at all deadlines, on the wheel's thread.
    @Override
    final int visit(int nowMillis) {
        ClientSession open = session();
        Phase now = phase; // read before its beginning, which so is never an older phase's
        int age = nowMillis - phaseSinceMillis;
        int left = timeouts().period();
        if (open != null) {
            int writeLeft = writeLeft(open, nowMillis);
            if (writeLeft <= 0) {
                return abortNow();
            }
            left = Math.min(left, Math.min(writeLeft, open.visit(nowMillis)));
            left = Math.min(left, enforceAge(open, timeouts(), nowMillis));
        }
        boolean isEnding = expired != null || (open != null && !open.isOpen());
        int phaseLeft =
                isEnding && now != Phase.LINGERING
                        ? enforceEnd(open, nowMillis)
                        : enforcePhase(now, age, nowMillis);
        return Math.min(left, phaseLeft);
    }

    private int enforcePhase(Phase now, int ageMillis, int nowMillis) {
        return switch (now) {
            case PROXY_HEADER ->
                    arrivingOrExpire(proxyHeaderLeft(ageMillis), ageMillis, Expiry.HEAD);
            case TLS, HEAD -> arrivingOrExpire(headLeft(ageMillis), ageMillis, Expiry.HEAD);
            case RESPONDING -> leftOrAbort(timeouts().write() - ageMillis);
            case AT_REST -> enforceRest(ageMillis, nowMillis);
            case IN_MESSAGE ->
                    arrivingOrExpire(timeouts().message() - ageMillis, ageMillis, Expiry.MESSAGE);
            case HANDLING -> timeouts().period();
            case LINGERING -> leftOrAbort(timeouts().close() - ageMillis);
        };
    }

    /// A head has less time while descriptors or connections are used up, which may be from one
    /// moment to the other.
    private int headLeft(int ageMillis) {
        int hurried = timeouts().hurriedHead();
        int head = context.admission().hurriesHeads() ? hurried : timeouts().head();
        return Math.min(head - ageMillis, hurried);
    }

    private int proxyHeaderLeft(int ageMillis) {
        int bound = context.trust().proxies().deadlineMillis();
        return Math.min(bound - ageMillis, headLeft(ageMillis));
    }

    private int enforceRest(int restMillis, int nowMillis) {
        int idleLeft = idleLeft(timeouts().stay(), nowMillis);
        return idleLeft <= 0
                ? expire(Expiry.IDLE)
                : Math.min(idleLeft, enforcePong(restMillis, nowMillis));
    }

    private int enforcePong(int restMillis, int nowMillis) {
        ClientSession open = session();
        if (open == null || timeouts().ping() == 0) {
            return timeouts().period();
        }
        int left = pingWhenSilent(open.outbox(), timeouts(), restMillis, nowMillis);
        return leftOrExpire(left, Expiry.PONG);
    }

    /// A deadline has passed, or a Close frame of ours is queued: once everything is written, the
    /// connection's thread and the peer have the close deadline to come to an end. Until the frame
    /// is queued it is that thread which has not had its turn, not the peer: it has longer.
    private int enforceEnd(@Nullable ClientSession open, int nowMillis) {
        if (open != null && !open.outbox().isFlushed()) {
            closingSinceMillis = nowMillis;
        }
        boolean isUntold = open != null && open.isOpen();
        int bound =
                isUntold ? Math.max(timeouts().close(), timeouts().write()) : timeouts().close();
        return leftOrAbort(bound - (nowMillis - closingSinceMillis));
    }

    /// How long the write that is under way may still last.
    private int writeLeft(ClientSession open, int nowMillis) {
        int started = open.outbox().writeStartedMillis();
        return started == 0 ? timeouts().write() : timeouts().write() - (nowMillis - started);
    }

    /// As [#leftOrExpire], but a peer has as much time again whose bytes have come and wait for our
    /// thread to have its turn.
    private int arrivingOrExpire(int left, int ageMillis, Expiry reason) {
        int deadline = ageMillis + left;
        boolean isOurs = left <= 0 && left > -deadline && hasUnhandled();
        return isOurs ? TimingWheel.TICK_MILLIS : leftOrExpire(left, reason);
    }

    private int leftOrExpire(int left, Expiry reason) {
        return left > 0 ? left : expire(reason);
    }

    private int leftOrAbort(int left) {
        return left > 0 ? left : abortNow();
    }

    private int expire(Expiry reason) {
        closingSinceMillis = nowMillis();
        expired = reason;
        try {
            endReading();
        } catch (IOException gone) {
            return abortNow();
        }
        return timeouts().close();
    }

    private int abortNow() {
        abort();
        return timeouts().period();
    }

    final Timeouts timeouts() {
        return context.timeouts();
    }
}
