package dev.heddle.net;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.locks.LockSupport;

/// Work on a connection's thread that lets others have the carrier from time to time.
///
/// Nothing preempts a virtual thread, and one whose reads never wait starves those that a socket
/// has woken. A base class rather than a part, so that an idle connection holds one object less.
abstract class CarrierShare {
    /// How long a connection may keep its carrier while its peer always has more to say.
    private static final int TURN_MICROS = 4_000;

    private static final int REST_MICROS = 50;

    /// A connection that is back within this time after a turn's messages asks for turn after turn.
    private static final int GREEDY_MICROS = 32_000;

    private int turnBeganMicros;

    /// The state of the bucket that [#charge] takes from.
    private int fullAtMicros;

    /// How long this connection has to rest before it goes on, after a number of messages: a moment
    /// when it has had the carrier for a turn and more of its bytes wait already, and as long as
    /// the queue says when others are kept from their turn and it asks for one again and again. It
    /// rests instead of yielding: a thread that yields goes to the queue of its own carrier, which
    /// may then never look at the queue where the woken ones are.
    ///
    /// @return microseconds for [#rest]; 0 when it need not
    final int restAfterTurn(InputStream in, RunQueue queue) throws IOException {
        int now = nowMicros();
        int began = turnBeganMicros;
        int rest = queue.restMicros();
        if (rest > 0) {
            rest = Integer.compareUnsigned(now - began, GREEDY_MICROS) < 0 ? rest : 0;
        } else if (isOver(began, now)) {
            rest = in.available() > 0 ? REST_MICROS : 0;
        } else {
            return 0;
        }
        turnBeganMicros = now + rest;
        return rest;
    }

    /// Takes one out of the connection's bucket.
    ///
    /// @return for how long the connection has to rest, in microseconds; 0 when it has not
    final int charge(Pace pace) {
        int now = nowMicros();
        fullAtMicros = pace.take(fullAtMicros, now);
        return pace.restMicros(fullAtMicros, now);
    }

    /// Rests, so that others have the carrier. A rest of whole milliseconds leaves carriers without
    /// work, and only such a carrier looks for threads that were woken from elsewhere.
    static void rest(int micros) {
        LockSupport.parkNanos(micros * 1_000L);
    }

    /// Whether a turn is over that began at the one time, at the other. The clock wraps around
    /// every 71 minutes, so differences are unsigned.
    static boolean isOver(int beganMicros, int nowMicros) {
        return Integer.compareUnsigned(nowMicros - beganMicros, TURN_MICROS) > 0;
    }

    private static int nowMicros() {
        return (int) (System.nanoTime() / 1_000);
    }
}
