package dev.heddle.outbox;

import java.util.function.BooleanSupplier;

/// The account of a peer that is behind: its outbox was full while its socket took nothing.
///
/// Times are the transport's clock, in milliseconds. Exists only for such a peer, until nothing
/// waits for it any more. **Not thread-safe:** its outbox guards it.
final class Stall {
    /// The most that one look charges, however late it comes: the rest is the server's own delay.
    private static final int MAX_CHARGE_MILLIS = 50;

    /// A peer that takes nothing for so long does not merely wait for its turn.
    private static final int STANDSTILL_MILLIS = 100;

    private boolean isAside;
    private boolean isRunning;
    private int lookedMillis;
    private int chargedMillis;

    /// Charges the time since the last look, if it was the peer that was behind then and still is.
    ///
    /// @param isPeerBehind asked once in a tick of the clock: it may be a call of the kernel
    void look(int nowMillis, BooleanSupplier isPeerBehind) {
        if (isRunning && nowMillis == lookedMillis) {
            return;
        }
        boolean isBehind = isPeerBehind.getAsBoolean();
        if (isBehind && isRunning) {
            chargedMillis += Math.min(nowMillis - lookedMillis, MAX_CHARGE_MILLIS);
        }
        isRunning = isBehind;
        lookedMillis = nowMillis;
    }

    /// The peer has caught up for now; what it was charged stays.
    void end() {
        isAside = false;
        isRunning = false;
    }

    /// Whether the outbox takes more than it has room for.
    boolean isAside() {
        return isAside;
    }

    /// As [Outbox#setAside].
    ///
    /// @param writeMillis when the write that is under way began, 0 if none is
    /// @param isPeerBehind as for [#look]
    boolean setAside(int writeMillis, int nowMillis, BooleanSupplier isPeerBehind) {
        look(nowMillis, isPeerBehind);
        boolean isPeer = isRunning && (writeMillis != nowMillis || chargedMillis > 0);
        boolean isNew = isPeer && !isAside;
        isAside |= isPeer;
        return isNew;
    }

    /// As [Outbox#isTooSlow], for an outbox that has refused something.
    boolean isTooSlow(int writeMillis, int nowMillis, int maxMillis) {
        boolean takesNothing = writeMillis != 0 && nowMillis - writeMillis >= STANDSTILL_MILLIS;
        boolean isStanding = takesNothing && chargedMillis >= STANDSTILL_MILLIS;
        return isAside && isRunning && (isOver(maxMillis) || isStanding);
    }

    /// Whether the peer has been behind for so long in all.
    boolean isOver(int maxMillis) {
        return chargedMillis >= maxMillis;
    }
}
