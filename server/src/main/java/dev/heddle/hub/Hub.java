package dev.heddle.hub;

import dev.heddle.telemetry.Counters;

import java.time.Duration;
import java.util.ArrayDeque;
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
/// subscribers without room as long as it is the server itself that is behind, and publishers then
/// wait for it. It waits for no peer: one that does not take its data is set aside, and catches up
/// in order or is dropped.
public final class Hub implements Runnable {
    /// Publications that are handed over together: what a writer can gather into one write.
    private static final int MAX_BATCH = 64;

    private final CommandQueue queue;
    private final Counters counters;
    private final Thread thread;

    // Owned by the loop.
    private final Set<Subscribers> subscribed = new HashSet<>();
    private final List<Subscribers> published = new ArrayList<>();
    private final ArrayDeque<Batch> spare = new ArrayDeque<>();
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
        return new Fanout(queue);
    }

    /// Starts the hub's loop, which runs until [#stop].
    public void start() {
        thread.start();
    }

    /// Ends the loop at once; threads that wait for the hub go on, and nothing is delivered any
    /// more.
    public void stop() {
        queue.close();
    }

    /// Takes no more publications, and tells every subscriber after those already taken. Blocks
    /// until that is done, at most for the given time.
    ///
    /// @return whether it was done in time
    public boolean drain(Duration bound) throws InterruptedException {
        return drain().await(bound.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Begins to drain, as [#drain(Duration)], and returns at once.
    ///
    /// @return what is open when the hub has drained
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

    /// The hub's loop. Whatever goes wrong in it, out of memory for example, it goes on.
    @Override
    public void run() {
        List<Command> commands = new ArrayList<>(MAX_BATCH);
        while (take(commands)) {
            for (Command command : commands) {
                attempt(command);
            }
            distributeAll();
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

    private void attempt(Command command) {
        try {
            carryOut(command);
        } catch (RuntimeException | Error bug) {
            counters.bug(bug);
        }
    }

    private void carryOut(Command command) {
        switch (command) {
            case Command.Publish publish -> gather(publish);
            case Command.Subscribe(Subscribers to, Subscriber subscriber) -> {
                distribute(to);
                to.add(subscriber);
                subscribed.add(to);
                if (drained) {
                    tellDrained(subscriber);
                }
            }
            case Command.Unsubscribe(Subscribers from, Subscriber subscriber) -> {
                distribute(from);
                from.remove(subscriber);
                if (from.size() == 0) {
                    subscribed.remove(from);
                }
            }
            case Command.Drain drain -> {
                distributeAll();
                drained = true;
                for (Subscribers all : subscribed) {
                    for (int i = all.size() - 1; i >= 0; i--) {
                        tellDrained(all.at(i));
                    }
                }
                drain.done().countDown();
            }
        }
    }

    private void gather(Command.Publish publish) {
        Subscribers to = publish.to();
        Batch batch = to.waiting;
        if (batch == null) {
            Batch used = spare.poll();
            batch = used == null ? new Batch() : used;
            published.add(to);
            to.waiting = batch;
        }
        batch.add(publish.fact(), publish.nanos());
    }

    private void distributeAll() {
        for (int i = 0; i < published.size(); i++) { // nothing is added meanwhile
            distribute(published.get(i));
        }
        published.clear();
    }

    /// Hands to the subscribers of one fan-out what waits for them.
    private void distribute(Subscribers to) {
        Batch batch = to.waiting;
        if (batch == null) {
            return;
        }
        to.waiting = null;
        try {
            new Distribution(to, batch, counters).distribute();
            to.forms.learnFrom(batch);
            batch.clear();
            spare.add(batch);
        } catch (RuntimeException | Error bug) {
            counters.bug(bug); // and the batch is not used again
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
