package dev.heddle.net;

import java.util.concurrent.locks.LockSupport;

/// How long a virtual thread that is ready waits for a carrier, and how long those who ask for turn
/// after turn rest for it.
///
/// Nothing preempts a virtual thread, and a carrier that always finds work in its own queue never
/// looks at the one into which new connections and answers from elsewhere are put. So one thread
/// waits for its turn again and again. As long as its turn comes late, the rests grow; then they
/// shrink.
///
/// **Thread-safe.**
public final class RunQueue implements Runnable {
    /// A thread that waits for longer is kept from its turn.
    static final int LATE_MICROS = 10_000;

    static final int MAX_REST_MICROS = 50_000;
    private static final int MIN_REST_MICROS = 1_000;
    private static final long LOOK_NANOS = 10_000_000;

    /// Between two looks while nobody is kept from a turn: each costs a few switches of threads.
    private static final long CALM_NANOS = 40_000_000;

    private final Thread watcher = new DaemonThread("heddle-turns", this);
    private final Thread probe = Thread.ofVirtual().name("heddle-turn").unstarted(this::answer);
    private volatile boolean stopped;
    private volatile long answeredNanos;
    private volatile int waitMicros;
    private volatile int restMicros;

    /// Starts to look.
    public void start() {
        answeredNanos = System.nanoTime();
        probe.start();
        watcher.start();
    }

    /// Stops looking.
    public void stop() {
        stopped = true;
        LockSupport.unpark(watcher);
        LockSupport.unpark(probe);
    }

    /// How long a thread waited for a carrier when this last looked, in seconds.
    public double waitSeconds() {
        return waitMicros / 1e6;
    }

    /// How long a connection that has asked for turn after turn has to rest, in microseconds; 0
    /// when nobody waits for long.
    int restMicros() {
        return restMicros;
    }

    /// The life of the thread that looks.
    @Override
    public void run() {
        while (!stopped) {
            long asked = System.nanoTime();
            LockSupport.unpark(probe);
            LockSupport.parkNanos(this, LOOK_NANOS);
            while (answeredNanos - asked < 0 && !stopped) {
                look(System.nanoTime() - asked);
                LockSupport.parkNanos(this, LOOK_NANOS);
            }
            look(answeredNanos - asked);
            if (restMicros == 0) {
                LockSupport.parkNanos(this, CALM_NANOS);
            }
        }
    }

    /// The life of the thread that waits for its turn.
    private void answer() {
        while (!stopped) {
            LockSupport.park(this);
            answeredNanos = System.nanoTime();
        }
    }

    /// Notes how long somebody has waited.
    void look(long waitNanos) {
        waitMicros = (int) Math.min(Math.max(0, waitNanos) / 1_000, Integer.MAX_VALUE);
        int rest =
                waitMicros > LATE_MICROS
                        ? Math.max(MIN_REST_MICROS, 2 * restMicros)
                        : restMicros - restMicros / 4;
        restMicros = rest < MIN_REST_MICROS ? 0 : Math.min(rest, MAX_REST_MICROS);
    }
}
