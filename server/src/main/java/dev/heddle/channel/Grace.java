package dev.heddle.channel;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// The time that users have to come back to a channel, and what is done when it has passed, on a
/// thread of its own. **Thread-safe**; never blocks.
final class Grace {
    private final ScheduledThreadPoolExecutor waiting;
    private final int maxUsers;

    /// @param maxUsers how many users may be waited for in all channels together
    Grace(int maxUsers) {
        this.maxUsers = maxUsers;
        this.waiting =
                new ScheduledThreadPoolExecutor(
                        1,
                        Thread.ofVirtual().name("heddle-grace").factory(),
                        new ThreadPoolExecutor.DiscardPolicy()); // nobody is told after the end
        waiting.setRemoveOnCancelPolicy(true);
    }

    /// Does this when the time has passed, unless it is cancelled.
    ///
    /// @return empty if too many are waited for: then it is to be done at once
    synchronized Optional<Future<?>> start(Duration time, Runnable end) {
        return waiting.getQueue().size() < maxUsers
                ? Optional.of(waiting.schedule(end, time.toMillis(), TimeUnit.MILLISECONDS))
                : Optional.empty();
    }

    /// Waits for nobody any more.
    void stop() {
        waiting.shutdownNow();
    }
}
