package dev.heddle.hub;

import dev.heddle.frame.EncodedFrame;
import dev.heddle.telemetry.Counters;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
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
    private @Nullable Subscriber[] subscribers = new Subscriber[64];
    private final List<EncodedFrame> batch = new ArrayList<>(MAX_BATCH);
    private int size;
    private boolean drained;

    private volatile int subscribed;

    /// @param maxCommands how many commands may wait
    /// @param maxBytes how many bytes of publications may wait
    public Hub(int maxCommands, int maxBytes, Counters counters) {
        this.queue = new CommandQueue(maxCommands, maxBytes);
        this.counters = counters;
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

    /// Ends a subscription, if there still is one. Blocks while the hub is behind.
    public void unsubscribe(Subscriber subscriber) {
        queue.put(new Command.Unsubscribe(subscriber));
    }

    /// Publishes to all who are subscribed. Blocks until the hub has taken the frame.
    ///
    /// @return whether it was taken and so will be delivered: not when the hub drains or has
    ///   stopped
    public boolean publish(EncodedFrame frame) {
        return queue.put(new Command.Publish(frame));
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

    /// How many subscribers there are.
    public int subscribers() {
        return subscribed;
    }

    /// How many commands wait.
    public int queued() {
        return queue.size();
    }

    /// The hub's loop.
    @Override
    public void run() {
        List<Command> commands = new ArrayList<>(MAX_BATCH);
        while (true) {
            queue.takeAll(commands, MAX_BATCH);
            if (commands.isEmpty()) {
                return;
            }
            for (Command command : commands) {
                attempt(() -> carryOut(command));
            }
            attempt(this::distribute);
            commands.clear();
        }
    }

    /// Whatever goes wrong, out of memory for example, the loop must go on.
    private void attempt(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error bug) {
            counters.bug(bug);
        }
    }

    private void carryOut(Command command) {
        switch (command) {
            case Command.Publish publish -> batch.add(publish.frame());
            case Command.Subscribe subscribe -> {
                distribute();
                add(subscribe.subscriber());
                if (drained) {
                    goAway(subscribe.subscriber());
                }
            }
            case Command.Unsubscribe unsubscribe -> {
                distribute();
                remove(unsubscribe.subscriber());
            }
            case Command.Drain drain -> {
                distribute();
                drained = true;
                for (int i = size - 1; i >= 0; i--) {
                    goAway(at(i));
                }
                drain.done().countDown();
            }
        }
    }

    /// Hands the batch to every subscriber. Goes backwards, so that removing the current one moves
    /// only one that has been served.
    private void distribute() {
        if (batch.isEmpty()) {
            return;
        }
        counters.publications.add(batch.size());
        for (int i = size - 1; i >= 0; i--) {
            Subscriber subscriber = at(i);
            try {
                if (!offer(subscriber)) {
                    remove(subscriber);
                }
            } catch (RuntimeException | Error bug) {
                counters.bug(bug);
                remove(subscriber);
                goAway(subscriber);
            }
        }
        batch.clear();
    }

    private void goAway(Subscriber subscriber) {
        try {
            subscriber.goAway();
        } catch (RuntimeException | Error bug) {
            counters.bug(bug);
        }
    }

    private boolean offer(Subscriber subscriber) {
        int next = 0;
        while ((next = subscriber.offerAll(batch, next)) < batch.size()) {
            if (!subscriber.awaitRoom(batch.get(next).length())) {
                return false;
            }
        }
        return true;
    }

    private void add(Subscriber subscriber) {
        if (size == subscribers.length) {
            subscribers = Arrays.copyOf(subscribers, size * 2);
        }
        subscriber.place = size;
        subscribers[size] = subscriber;
        size++;
        subscribed = size;
    }

    private void remove(Subscriber subscriber) {
        int place = subscriber.place;
        if (place == Subscriber.NOT_SUBSCRIBED) {
            return;
        }
        Subscriber last = at(size - 1);
        last.place = place;
        subscribers[place] = last;
        subscribers[size - 1] = null;
        subscriber.place = Subscriber.NOT_SUBSCRIBED;
        size--;
        subscribed = size;
    }

    private Subscriber at(int place) {
        Subscriber subscriber = subscribers[place];
        if (subscriber == null) {
            throw new IllegalStateException("no subscriber at " + place);
        }
        return subscriber;
    }
}
