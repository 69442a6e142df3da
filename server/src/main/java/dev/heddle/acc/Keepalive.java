package dev.heddle.acc;

import dev.heddle.acc.wire.Envelope;
import dev.heddle.frame.EncodedFrame;

/// How often a client wants to hear of the server, and when it last has. Belongs to the wheel's
/// thread once it is made.
final class Keepalive {
    /// The push itself.
    static final EncodedFrame PUSH = push();

    private static final int MIN_SECONDS = 5;
    private static final int MAX_SECONDS = 3600;

    private final int intervalMillis;
    private int lastMillis;

    /// @param seconds between two of them, as the client has asked for it
    Keepalive(int seconds, int nowMillis) {
        this.intervalMillis = Math.clamp(seconds, MIN_SECONDS, MAX_SECONDS) * 1000;
        this.lastMillis = nowMillis;
    }

    /// Whether it is time again, which then counts as done.
    boolean takeDue(int nowMillis) {
        boolean isDue = left(nowMillis) <= 0;
        lastMillis = isDue ? nowMillis : lastMillis;
        return isDue;
    }

    int left(int nowMillis) {
        return intervalMillis - (nowMillis - lastMillis);
    }

    private static EncodedFrame push() {
        byte[] push = Envelope.push("keepalive", null);
        return EncodedFrame.text(push, 0, push.length);
    }
}
