package dev.heddle.net;

import dev.heddle.outbox.Farewell;
import dev.heddle.session.ClientSession;

/// A peer whose time is limited: since its last message, and since its WebSocket was opened.
/// Connections that were opened together end apart: by its number, each gets up to 10 % more or
/// less time.
///
/// The connection's thread notes the moments, and the wheel's thread compares them with now. A base
/// class of the connection rather than a part of it, so that an idle connection holds one object
/// less.
abstract class StayingPeer extends PingedPeer {
    private static final int PARTS = 1 << 16;

    // Written by the connection's thread, read by the wheel's.
    private volatile int openedMillis;
    private volatile int lastMessageMillis;

    /// Names it for as long as this process lives.
    public abstract long id();

    /// Whether every message of the client is whole and handled. Any thread may ask.
    abstract boolean isAtRest();

    /// The WebSocket is opened: the time that the peer may stay begins.
    final void beginStay(int nowMillis) {
        openedMillis = nowMillis;
        lastMessageMillis = nowMillis;
    }

    /// A whole message has arrived.
    final void hasSaidSomething(int nowMillis) {
        lastMessageMillis = nowMillis;
    }

    /// How many milliseconds are left until the peer has been silent for too long.
    final int idleLeft(Timeouts.Stay stay, int nowMillis) {
        return stay.idle() == 0 ? Integer.MAX_VALUE : stay.idle() - (nowMillis - lastMessageMillis);
    }

    /// How many milliseconds are left until the WebSocket is as old as it becomes.
    final int ageLeft(Timeouts.Stay stay, int nowMillis) {
        return stay.age() == 0
                ? Integer.MAX_VALUE
                : ageOf(id(), stay.age()) - (nowMillis - openedMillis);
    }

    /// Closes a connection that is old enough, after its current message was handled. A message
    /// that takes longer than `deadlines.message` is not waited for. **The wheel's thread alone.**
    ///
    /// @return milliseconds until it has to be asked again
    final int enforceAge(ClientSession open, Timeouts timeouts, int nowMillis) {
        int left = ageLeft(timeouts.stay(), nowMillis);
        if (left > 0 || !open.isOpen()) {
            return left > 0 ? left : timeouts.period();
        }
        if (left > -timeouts.message() && !isAtRest()) {
            return TimingWheel.TICK_MILLIS;
        }
        open.sendAway(Farewell.Cause.AGE);
        return timeouts.close();
    }

    /// The age at which the connection with this number ends: neighbours are far apart. Pure.
    static int ageOf(long id, int age) {
        long part = (id + 1) * 0x9E3779B97F4A7C15L >>> 48;
        return Math.toIntExact(age - age / 10 + 2L * (age / 10) * part / PARTS);
    }
}
