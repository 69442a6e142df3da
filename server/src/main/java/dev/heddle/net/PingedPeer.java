package dev.heddle.net;

import dev.heddle.outbox.Outbox;
import dev.heddle.telemetry.Times;

/// A peer that is pinged when it is silent, and has to answer.
///
/// The wheel's thread pings; the connection's thread says when the peer shows life. A base class of
/// the connection rather than a part of it, so that an idle connection holds one object less.
abstract class PingedPeer extends TimingWheel.Entry {
    /// Whether a ping was sent since the peer last showed life.
    private volatile boolean pinged;

    // When a ping was last sent, or else the session began. The wheel's alone from then on.
    private int pingedMillis;

    /// When the first ping was sent that is not answered; 0 if there is none.
    private volatile int pingedMicros;

    /// The bytes that had been sent before that ping, and before the last one that was answered.
    /// The difference is what the peer may still have to read before it sees a ping; it wraps
    /// around.
    private int pingedBytes;

    private volatile int readBytes;

    /// The peer may be pinged from now on.
    final void beginPings(int nowMillis) {
        pingedMillis = nowMillis;
    }

    /// The peer has shown life.
    final void showsLife() {
        pinged = false;
    }

    /// Whether a ping of ours was sent since the peer last showed life.
    final boolean isPinged() {
        return pinged;
    }

    /// A pong has arrived: counts how long it took.
    final void ponged(Times times) {
        int sent = pingedMicros;
        if (sent != 0) {
            readBytes = pingedBytes;
            pingedMicros = 0;
            times.ping(Integer.toUnsignedLong(nowMicros() - sent) * 1_000);
        }
    }

    /// Pings the peer if it is time. **The wheel's thread alone.**
    ///
    /// @param silentMillis since the peer last showed life
    /// @return milliseconds until the peer is pinged, or has to have answered; when none are left,
    ///   it has not answered in time
    final int pingWhenSilent(Outbox outbox, Timeouts timeouts, int silentMillis, int nowMillis) {
        int unread = (int) outbox.bytesOut() - readBytes;
        int waited = nowMillis - pingedMillis;
        if (pinged) {
            return timeouts.pong() + timeouts.reading(unread) - waited;
        }
        boolean asksWhatIsRead =
                pingedMicros == 0
                        && unread > Timeouts.MUCH_UNREAD_BYTES
                        && waited > timeouts.ping();
        if (silentMillis < timeouts.ping() && !asksWhatIsRead) {
            return timeouts.ping() - silentMillis;
        }
        ping(outbox, nowMillis);
        return timeouts.pong();
    }

    private void ping(Outbox outbox, int nowMillis) {
        boolean isFirst = pingedMicros == 0;
        if (isFirst) {
            pingedBytes = (int) outbox.bytesOut();
            pingedMicros = nowMicros() | 1;
        }
        pingedMillis = nowMillis;
        pinged = true; // before the ping leaves, or a quick pong could come first
        if (!outbox.offerPing()) {
            pinged = false;
            pingedMicros = isFirst ? 0 : pingedMicros;
        }
    }

    /// Wraps around every 71 minutes.
    private static int nowMicros() {
        return (int) (System.nanoTime() / 1_000);
    }
}
