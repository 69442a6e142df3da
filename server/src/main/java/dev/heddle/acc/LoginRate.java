package dev.heddle.acc;

import dev.heddle.session.Rate;

import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// How often clients of one address log in. **Thread-safe, never blocks** for long.
///
/// It remembers an address until all of its logins would be free again, a minute at most.
final class LoginRate {
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
    private static final long BETWEEN_SWEEPS = TimeUnit.SECONDS.toNanos(10);

    private final Rate rate;
    private final ConcurrentHashMap<InetAddress, Long> fullAt = new ConcurrentHashMap<>();
    private final AtomicLong nextSweep;

    /// @param perMinute logins of one address; 0 is no limit
    LoginRate(int perMinute, long now) {
        this.rate = Rate.of(perMinute, MINUTE, perMinute);
        this.nextSweep = new AtomicLong(now + BETWEEN_SWEEPS);
    }

    /// A client logs in.
    ///
    /// @return whether it may
    boolean takeLogin(InetAddress address, long now) {
        if (rate.nanosEach() == 0) {
            return true;
        }
        sweep(now);
        boolean[] allowed = new boolean[1];
        fullAt.compute(
                address,
                (_, before) -> {
                    long was = before == null ? now : before;
                    long then = rate.take(was, 1, now);
                    allowed[0] = rate.waitNanos(then, now) <= 0;
                    return allowed[0] ? then : was;
                });
        return allowed[0];
    }

    /// How many addresses are remembered.
    int size() {
        return fullAt.size();
    }

    private void sweep(long now) {
        long next = nextSweep.get();
        if (now - next >= 0 && nextSweep.compareAndSet(next, now + BETWEEN_SWEEPS)) {
            fullAt.values().removeIf(full -> full - now <= 0);
        }
    }
}
