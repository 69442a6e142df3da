package dev.heddle.session;

import dev.heddle.frame.CloseCode;
import dev.heddle.frame.EncodedFrame;
import dev.heddle.hub.Subscriber;
import dev.heddle.message.ClosingHandshake;
import dev.heddle.message.Incoming;
import dev.heddle.outbox.Farewell;
import dev.heddle.outbox.Outbox;
import dev.heddle.outbox.OutboxContext;
import dev.heddle.outbox.Transport;

import org.jspecify.annotations.Nullable;

/// The end of a session: the side that begins the closing handshake, the code and the reason.
/// **Thread-safe.**
///
/// A base class of the session rather than a part of it, so that an idle connection holds one
/// object less.
abstract class ClosableSession extends Subscriber {
    private final Outbox outbox;

    // Guarded by this.
    private ClosingHandshake closing = ClosingHandshake.OPEN;

    /// A code has 16 bits, and an `int` would take the room of [#sentAway] in each session.
    private short closeCode = CloseCode.ABNORMAL_CLOSURE;

    private boolean sentAway;

    ClosableSession(Transport transport, OutboxContext context) {
        this.outbox = new Outbox(transport, context);
    }

    /// The outbox of this client.
    public Outbox outbox() {
        return outbox;
    }

    /// The user who has logged in, or `null`.
    public @Nullable String user() {
        return null;
    }

    /// Begins the closing handshake after what is queued, unless it has begun. Never blocks.
    public void close(int code, String reason) {
        close(code, reason, false);
    }

    /// Begins the closing handshake with [CloseCode#TRY_AGAIN_LATER] in place of what is queued,
    /// unless it has begun. Never blocks.
    public final void closeAsSlowConsumer() {
        int givenUp = outbox.waitingBytes();
        if (close(CloseCode.TRY_AGAIN_LATER, "slow consumer", true)) {
            outbox.counters().slowConsumers.increment();
            outbox.emitSlowConsumer(user(), givenUp);
        }
    }

    /// Begins the closing handshake with 1001, after what is queued: the server stops. Never
    /// blocks.
    @Override
    public void goAway() {
        sendAway(Farewell.Cause.DRAIN);
    }

    /// Begins the closing handshake with 1001, after what is queued, unless it has begun, and tells
    /// the client when to come back. Never blocks.
    public final void sendAway(Farewell.Cause cause) {
        String reason = outbox.farewell().reason(cause);
        synchronized (this) {
            if (!close(CloseCode.GOING_AWAY, reason, false)) {
                return;
            }
            sentAway = true;
        }
        outbox.counters().sentAway(cause.label());
    }

    /// Whether the server has sent the client away, and told it to come back, here or elsewhere.
    public final synchronized boolean isSentAway() {
        return sentAway;
    }

    /// Whether neither side has sent a Close frame.
    public boolean isOpen() {
        return hasNoClose();
    }

    final synchronized boolean hasNoClose() {
        return closing == ClosingHandshake.OPEN;
    }

    /// The close code of RFC 6455, section 7.1.5: that of the first Close frame, or 1006.
    public synchronized int closeCode() {
        return closeCode;
    }

    /// The side that has begun the closing handshake: `server`, `client`, or `network` if neither
    /// has.
    public synchronized String closeInitiator() {
        return closing.initiator();
    }

    /// @return whether it had not begun
    private synchronized boolean close(int code, String reason, boolean discard) {
        if (closing != ClosingHandshake.OPEN) {
            return false;
        }
        int codeOnWire = CloseCode.onWire(code, outbox.tryAgainCode());
        EncodedFrame frame = EncodedFrame.close(codeOnWire, reason);
        closing = closing.afterSending();
        closeCode = (short) codeOnWire;
        outbox.close(frame, discard);
        return true;
    }

    /// Answers the client's Close frame, or takes it for the answer to ours. The connection's
    /// thread alone; blocks until all is written or given up.
    final void answer(Incoming.Close close) {
        boolean owesAnswer;
        synchronized (this) {
            owesAnswer = closing.owesAnswer();
            closing = closing.afterReceiving();
            if (owesAnswer) {
                closeCode = (short) close.code();
            }
        }
        if (owesAnswer) {
            outbox.sendClose(EncodedFrame.close(close.code(), ""));
        } else {
            outbox.awaitFlushed();
        }
    }
}
