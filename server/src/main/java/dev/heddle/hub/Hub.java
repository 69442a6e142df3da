package dev.heddle.hub;

import dev.heddle.frame.EncodedFrame;
import dev.heddle.telemetry.Counters;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The broadcast hub: every publication goes to every subscriber, in one order for all.
///
/// **Thread-safe.** One loop on one virtual thread owns the subscribers; subscribe, unsubscribe and
/// publish arrive in one bounded queue and are carried out in its order. The loop never waits for a
/// client: a subscriber without room is waited for only while the server itself is behind (then
/// publishers wait too), and is dropped when it is the peer that does not take its data.
public final class Hub implements Runnable {
    /// Publications that are handed over together: what a writer can gather into one write.
    private static final int MAX_BATCH = 64;

    private final CommandQueue queue;
    private final Counters counters;
    private final Thread thread;

    // Owned by the loop.
    private final Subscribers subscribers = new Subscribers();
    private final Distribution distribution;
    private boolean drained;

    /// @param maxCommands how many commands may wait
    /// @param maxBytes how many bytes of publications may wait
    public Hub(int maxCommands, int maxBytes, Counters counters) {
        this.queue = new CommandQueue(maxCommands, maxBytes);
        this.counters = counters;
        this.distribution = new Distribution(subscribers, counters);
        this.thread = Thread.ofVirtual().name("heddle-hub").unstarted(this);
    }

    /// Starts the hub's loop, which runs until [#stop].
    public void start() {
        thread.start();
    }

    /// Ends the loop at once; whoever waits for the hub goes on, and nothing is delivered any more.
    public void stop() {
        queue.close();
    }

    /// Subscribes: the subscriber gets what is published after this returns. Blocks while the hub
    /// is behind.
    public void subscribe(Subscriber subscriber) {
        queue.put(new Command.Subscribe(subscriber));
    }

    /// Ends a subscription, if there still is one. Never blocks.
    public void unsubscribe(Subscriber subscriber) {
        queue.put(new Command.Unsubscribe(subscriber));
    }

    /// Publishes to all who are subscribed. Blocks until the hub has taken the frame.
    ///
    /// @return whether it was taken and so will be delivered: not when the hub drains or has
    ///   stopped
    public boolean publish(EncodedFrame frame) {
        return queue.put(new Command.Publish(frame, true));
    }

    /// Publishes to all who are subscribed, even when the hub is full. **Never blocks.** Only for
    /// what there is a bounded number of, as what announces a subscriber's coming or going.
    public void announce(EncodedFrame frame) {
        queue.put(new Command.Publish(frame, false));
    }

    /// Takes no more publications, and lets every subscriber go away after those already taken.
    /// Blocks until that is done, at most for the given time.
    ///
    /// @return whether it was done in time
    public boolean drain(Duration bound) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        queue.put(new Command.Drain(done));
        return done.await(bound.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// How many subscribers there are, but for those who came and went in the last moment, which
    /// the next answer knows. Never blocks.
    public int subscribers() {
        queue.wake();
        return subscribers.size();
    }

    /// How many commands wait.
    public int queued() {
        return queue.size();
    }

    /// The hub's loop.
    @Override
    public void run() {
        List<Command> commands = new ArrayList<>(MAX_BATCH);
        while (take(commands)) {
            for (Command command : commands) {
                attempt(command);
            }
            attempt(null);
            commands.clear();
        }
    }

    /// @return whether the hub goes on
    private boolean take(List<Command> commands) {
        try {
            queue.takeAll(commands, MAX_BATCH);
            return !commands.isEmpty();
        } catch (RuntimeException | Error bug) {
            counters.bug(bug);
            return true;
        }
    }

    /// Carries out a command, or without one distributes what is gathered. Whatever goes wrong, out
    /// of memory for example, the loop must go on.
    private void attempt(@Nullable Command command) {
        try {
            if (command == null) {
                distribution.distribute();
            } else {
                carryOut(command);
            }
        } catch (RuntimeException | Error bug) {
            counters.bug(bug);
        }
    }

    private void carryOut(Command command) {
        if (!(command instanceof Command.Publish)) {
            distribution.distribute();
        }
        switch (command) {
            case Command.Publish publish -> distribution.add(publish.frame());
            case Command.Subscribe subscribe -> {
                subscribers.add(subscribe.subscriber());
                if (drained) {
                    distribution.goAway(subscribe.subscriber());
                }
            }
            case Command.Unsubscribe unsubscribe -> subscribers.remove(unsubscribe.subscriber());
            case Command.Drain drain -> {
                drained = true;
                for (int i = subscribers.size() - 1; i >= 0; i--) {
                    distribution.goAway(subscribers.at(i));
                }
                drain.done().countDown();
            }
        }
    }
}
