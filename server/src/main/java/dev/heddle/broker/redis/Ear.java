package dev.heddle.broker.redis;

import dev.heddle.broker.BrokerUnavailable;
import dev.heddle.broker.redis.Redis.Subscription;
import dev.heddle.telemetry.event.EngineOutage;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// The connection on which this node hears Redis. It is replaced when it ends or falls silent. The
/// node sends itself a message every second, over the whole way of a publication, so that silence
/// means something.
///
/// After each new connection all attached channels read what they have missed.
///
/// **Thread-safe.** One thread reads, another one writes.
final class Ear {
    private static final Logger LOG = LoggerFactory.getLogger("heddle");
    private static final Duration PROBE = Duration.ofSeconds(1);

    /// The time without an answer to a probe after which the connection is given up.
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Duration KEEP = Logs.MEMORY.dividedBy(4);

    /// Channels that are said to Redis at once.
    private static final int MOST_AT_ONCE = 500;

    private final Redis redis;
    private final Keys keys;
    private final Attachments attachments;
    private final Handover handover;
    private final Dispatch dispatch;
    private final Probe probe;
    private final BlockingQueue<String> changed = new LinkedBlockingQueue<>();

    /// The channels in the queue, so that none is in it twice.
    private final Set<String> pending = ConcurrentHashMap.newKeySet();

    private final Thread reader = Thread.ofVirtual().name("heddle-redis-ear").unstarted(this::read);
    private final Thread writer =
            Thread.ofVirtual().name("heddle-redis-mouth").unstarted(this::write);
    private volatile boolean isClosed;
    private volatile boolean isHearing;

    /// The time since which nothing is heard; only while [#isHearing] is false.
    private volatile long lostNanos = System.nanoTime();

    // Only for the thread that reads.
    private @Nullable EngineOutage outage;
    private boolean isTold;

    /// Guarded by this, for writing too.
    private @Nullable Subscription subscription;

    Ear(Redis redis, Keys keys, Attachments attachments, Handover handover) {
        this.redis = redis;
        this.keys = keys;
        this.attachments = attachments;
        this.handover = handover;
        this.probe = new Probe(handover.counters().engine.lagNanos);
        this.dispatch = new Dispatch(keys, attachments, handover, this::isProved);
    }

    void start() {
        reader.start();
        writer.start();
        redis.follow(this::hearAnew);
    }

    /// Ends the connection, so that the next one leads to where Redis is now.
    private synchronized void hearAnew() {
        Subscription open = subscription;
        if (open != null) {
            open.hangUp();
        }
    }

    /// Whether the way from Redis is open, as far as this knows.
    boolean isHearing() {
        return isHearing;
    }

    /// Refuses to wait for a Redis of which it is known already that it is away.
    ///
    /// @throws BrokerUnavailable if nothing has been heard for a while
    void requireHearing() {
        if (!isHearing && System.nanoTime() - lostNanos > PATIENCE.toNanos()) {
            throw new BrokerUnavailable("Redis is away");
        }
    }

    /// Somebody is attached to the channel now, or nobody is any more. Never blocks.
    void changed(String channel) {
        if (pending.add(channel)) {
            changed.add(channel);
        }
    }

    void close() {
        isClosed = true;
        writer.interrupt();
        reader.interrupt();
    }

    private void read() {
        while (!isClosed) {
            try (Subscription opened = redis.listen(PATIENCE)) {
                begin(opened);
                while (!isClosed) {
                    dispatch.accept(opened.read());
                }
            } catch (BrokerUnavailable lost) {
                end(lost.getMessage());
                pause();
            } catch (RuntimeException | Error bug) {
                handover.counters().bug(bug);
                end("a bug");
                pause();
            }
        }
    }

    /// Records that a message of this node to itself has come back.
    private void isProved() {
        probe.heard();
        if (!isHearing) {
            LOG.info("connected to Redis, and listening");
            if (outage != null) {
                outage.emit();
                outage = null;
            }
        }
        isHearing = true;
    }

    private synchronized void begin(Subscription opened) {
        List<String> places = new ArrayList<>(List.of(keys.own(), keys.all()));
        attachments.channels().forEach(channel -> places.add(keys.said(channel)));
        for (int from = 0; from < places.size(); from += MOST_AT_ONCE) {
            opened.subscribe(places.subList(from, Math.min(places.size(), from + MOST_AT_ONCE)));
        }
        subscription = opened;
    }

    private void end(@Nullable String reason) {
        synchronized (this) {
            subscription = null;
        }
        if (!isClosed) {
            handover.counters().engine.reconnections.increment();
            redis.forgetConnections();
            if (isHearing) {
                LOG.warn("lost the connection to Redis, trying again: {}", reason);
                lostNanos = System.nanoTime();
                outage = EngineOutage.started(String.valueOf(reason));
            } else if (!isTold) {
                LOG.warn("cannot reach Redis, trying again: {}", reason);
            }
            isTold = true;
            isHearing = false;
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException closed) {
            isClosed = true;
        }
    }

    private void write() {
        long probed = System.nanoTime() - PROBE.toNanos();
        long kept = System.nanoTime();
        try {
            while (!isClosed) {
                long now = System.nanoTime();
                if (now - probed >= PROBE.toNanos()) {
                    probed = now;
                    probe.sent();
                    attempt(() -> redis.tell(keys.own(), ""));
                }
                if (now - kept >= KEEP.toNanos()) {
                    kept = now;
                    attempt(() -> attachments.keepLogs());
                }
                String first = changed.poll(PROBE.toMillis() / 4, TimeUnit.MILLISECONDS);
                if (first != null) {
                    List<String> channels = new ArrayList<>(List.of(first));
                    changed.drainTo(channels, MOST_AT_ONCE);
                    channels.forEach(pending::remove);
                    attempt(() -> say(channels));
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /// Tells Redis the channels to listen to now. A failure ends the connection, and the next one
    /// tells them again.
    private synchronized void say(List<String> channels) {
        Subscription open = subscription;
        if (open == null) {
            return; // the next connection begins with all
        }
        List<String> wanted = new ArrayList<>();
        List<String> unwanted = new ArrayList<>();
        for (String channel : channels) {
            boolean isWanted = attachments.find(channel) != null;
            (isWanted ? wanted : unwanted).add(keys.said(channel));
        }
        if (!unwanted.isEmpty()) {
            open.unsubscribe(unwanted);
        }
        if (!wanted.isEmpty()) {
            open.subscribe(wanted);
        }
    }

    private void attempt(Runnable call) {
        try {
            call.run();
        } catch (BrokerUnavailable gone) {
            LOG.debug("Redis: {}", gone.getMessage());
        } catch (RuntimeException | Error bug) {
            handover.counters().bug(bug);
        }
    }
}
