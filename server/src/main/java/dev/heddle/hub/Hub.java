package dev.heddle.hub;

import dev.heddle.frame.EncodedFrame;
import dev.heddle.telemetry.Counters;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The hub: distributes what is published to each of its fan-outs to the fan-out's subscribers.
///
/// **Thread-safe.** One loop on one virtual thread owns the subscribers; subscribe, unsubscribe and
/// publish arrive in one bounded queue and are carried out in its order. The loop waits for
/// subscribers without room, and publishers then wait for it: as long as the server itself is
/// behind, and for peers that do not take their data as long as a slow consumer may be slow, once
/// for all of them together. These are then dropped.
public final class Hub implements Runnable {
    /// Publications that are handed over together: what a writer can gather into one write.
    private static final int MAX_BATCH = 64;

    private final CommandQueue queue;
    private final Counters counters;
    private final Thread thread;

    // Owned by the loop.
    private final Set<Fanout> subscribed = new HashSet<>();
    private final List<Fanout> published = new ArrayList<>();
    private final List<EncodedFrame> spare = new ArrayList<>(MAX_BATCH);
    private boolean drained;

    /// @param maxCommands how many commands may wait
    /// @param maxBytes how many bytes of publications may wait
    public Hub(int maxCommands, int maxBytes, Counters counters) {
        this.queue = new CommandQueue(maxCommands, maxBytes, counters.hubWaits);
        this.counters = counters;
        this.thread = Thread.ofVirtual().name("heddle-hub").unstarted(this);
    }

    /// Another fan-out of this hub, without subscribers.
    public Fanout fanout() {
        return new Fanout(this);
    }

    /// Starts the hub's loop, which runs until [#stop].
    public void start() {
        thread.start();
    }

    /// Ends the loop at once; whoever waits for the hub goes on, and nothing is delivered any more.
    public void stop() {
        queue.close();
    }

    /// Brings a command to the loop; waits for its turn if it may wait.
    ///
    /// @return whether it was taken
    boolean put(Command command) {
        return queue.put(command);
    }

    /// Lets the loop carry out what waits for company.
    void wake() {
        queue.wake();
    }

    /// Takes no more publications, and tells every subscriber after those already taken. Blocks
    /// until that is done, at most for the given time.
    ///
    /// @return whether it was done in time
    public boolean drain(Duration bound) throws InterruptedException {
        return drain().await(bound.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Begins that. Never blocks.
    ///
    /// @return what is open when it is done
    public CountDownLatch drain() {
        CountDownLatch done = new CountDownLatch(1);
        queue.put(new Command.Drain(done));
        return done;
    }

    /// How many commands wait, but for those of the last moment that wait for company, which the
    /// next answer knows.
    public int queued() {
        queue.wake();
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
                distributeAll();
            } else {
                carryOut(command);
            }
        } catch (RuntimeException | Error bug) {
            counters.bug(bug);
        }
    }

    private void carryOut(Command command) {
        switch (command) {
            case Command.Publish publish -> add(publish);
            case Command.Subscribe(Fanout to, Subscriber subscriber) -> {
                distribute(to);
                to.subscribers.add(subscriber);
                subscribed.add(to);
                if (drained) {
                    tellDrained(subscriber);
                }
            }
            case Command.Unsubscribe(Fanout from, Subscriber subscriber) -> {
                distribute(from);
                from.subscribers.remove(subscriber);
                if (from.subscribers.size() == 0) {
                    subscribed.remove(from);
                }
            }
            case Command.Drain drain -> {
                distributeAll();
                drained = true;
                for (Fanout fanout : subscribed) {
                    for (int i = fanout.subscribers.size() - 1; i >= 0; i--) {
                        tellDrained(fanout.subscribers.at(i));
                    }
                }
                drain.done().countDown();
            }
        }
    }

    private void add(Command.Publish publish) {
        Fanout to = publish.to();
        if (to.batch.isEmpty()) {
            published.add(to);
            // One fan-out alone is the rule where much is published, and then makes no garbage.
            to.batch = published.size() == 1 ? spare : new ArrayList<>();
            to.batchNanos = publish.nanos();
        }
        to.batch.add(publish.frame());
    }

    private void distributeAll() {
        for (int i = 0; i < published.size(); i++) { // grows by nobody meanwhile
            distribute(published.get(i));
        }
        published.clear();
    }

    /// Distributes what is gathered for one fan-out.
    private void distribute(Fanout fanout) {
        List<EncodedFrame> batch = fanout.batch;
        if (batch.isEmpty()) {
            return;
        }
        fanout.batch = List.of();
        try {
            new Distribution(fanout, batch, counters).distribute();
        } finally {
            batch.clear();
        }
    }

    private void tellDrained(Subscriber subscriber) {
        try {
            subscriber.drained();
        } catch (RuntimeException | Error bug) {
            counters.bug(bug);
        }
    }
}
