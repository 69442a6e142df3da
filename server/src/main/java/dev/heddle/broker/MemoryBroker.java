package dev.heddle.broker;

import dev.heddle.broker.Log.Kept;
import dev.heddle.config.ChannelRule;
import dev.heddle.config.ChannelSettings;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/// The engine in memory, which serves this node and lasts as long as the process. **Thread-safe.**
///
/// A channel's log, and so its epoch, is forgotten an hour after it was last used, if nobody is
/// attached and it has no history; earlier when memory is tight, and at once if nothing was ever
/// published in it. Histories are bounded by the rule of each channel and all together; the oldest
/// publications are dropped first. Whoever shows a position that is dropped or forgotten is told
/// that the history does not reach back to it.
///
/// One lock guards all logs, and is held only for moments; while a publication is handed to the
/// listener, only its channel's publishers wait.
public final class MemoryBroker implements Broker {
    private static final Duration SWEEP = Duration.ofSeconds(10);
    private static final Duration MEMORY = Duration.ofHours(1);

    /// Dropped publications that may wait for being let go of.
    private static final int SLACK = 1024;

    private final ChannelSettings settings;
    private final LongSupplier nanoTime;
    private final RecentIds<Position> ids;
    private final String instance;
    private final Thread sweeper;
    private volatile Listener listener = (_, _, _) -> false;

    // Guarded by this.
    private final Map<String, Log> logs = new HashMap<>();

    /// The oldest first; also such as are dropped already.
    private final ArrayDeque<Kept> kept = new ArrayDeque<>();

    private int dropped;
    private long bytes;
    private long forgotten;

    /// @param settings the rules of channels, and what histories and ids may take
    public MemoryBroker(ChannelSettings settings) {
        this(settings, System::nanoTime);
    }

    MemoryBroker(ChannelSettings settings, LongSupplier nanoTime) {
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.ids = new RecentIds<>(settings.maxPublicationIds(), nanoTime);
        byte[] random = new byte[4];
        new SecureRandom().nextBytes(random);
        this.instance = HexFormat.of().formatHex(random);
        this.sweeper = Thread.ofVirtual().name("heddle-history").unstarted(this::sweepForEver);
    }

    @Override
    public void start(Listener to) {
        listener = to;
        sweeper.start();
    }

    @Override
    public Published publish(String channel, Message message, boolean once) {
        Log log = beginPublishing(channel);
        log.order.lock();
        try {
            return publish(channel, log, message, once ? name(channel, message) : "");
        } finally {
            log.order.unlock();
            endPublishing(log);
        }
    }

    /// The log's order must be held.
    ///
    /// @param name what it is known by, so that it is published once; empty if that does not matter
    private Published publish(String channel, Log log, Message message, String name) {
        Position earlier = name.isEmpty() ? null : ids.find(name);
        if (earlier != null) {
            return new Published(earlier, true);
        }
        Publication publication;
        Position position;
        boolean isAttached;
        synchronized (this) {
            publication = log.append(message);
            keep(log, publication);
            position = log.position();
            isAttached = log.attached > 0;
        }
        boolean isDelivered =
                !isAttached || listener.published(channel, position.epoch(), publication);
        if (isDelivered && !name.isEmpty()) {
            ids.putIfAbsent(name, position);
        }
        return new Published(position, isDelivered);
    }

    @Override
    public synchronized History history(String channel, Range range) {
        Log log = logs.get(channel);
        if (log == null) {
            log = newLog(channel); // of which nobody has to know, see newLog
        }
        long now = nanoTime.getAsLong();
        log.usedNanos = now;
        dropOld(log, now);
        return log.read(range);
    }

    @Override
    public synchronized long historyBytes() {
        return bytes;
    }

    @Override
    public synchronized void attach(String channel) {
        log(channel).attached++;
    }

    @Override
    public synchronized void detach(String channel) {
        Log log = logs.get(channel);
        if (log == null || log.attached == 0) {
            throw new IllegalStateException("not attached");
        }
        log.attached--;
        log.usedNanos = nanoTime.getAsLong();
        if (log.position().offset() == 0 && !log.isInUse()) {
            remove(log); // its epoch may come again: nothing has happened in it
        }
    }

    @Override
    public void close() {
        sweeper.interrupt();
    }

    /// A log of a new epoch. Its name is the same until one is forgotten: so that a channel without
    /// a log, asked twice, has the same epoch, and a forgotten one never gets its old epoch back.
    private Log newLog(String channel) {
        ChannelRule rule = ChannelRule.of(channel, settings.rules());
        return new Log(channel, rule, instance + "-" + forgotten, nanoTime.getAsLong());
    }

    private Log log(String channel) {
        Log log = logs.get(channel);
        if (log == null) {
            log = newLog(channel);
            logs.put(channel, log);
            bytes += log.ownBytes();
        }
        return log;
    }

    private void remove(Log log) {
        logs.remove(log.channel());
        bytes -= log.ownBytes();
    }

    private synchronized Log beginPublishing(String channel) {
        Log log = log(channel);
        log.publishing++;
        return log;
    }

    private synchronized void endPublishing(Log log) {
        log.publishing--;
        log.usedNanos = nanoTime.getAsLong();
    }

    private void keep(Log log, Publication publication) {
        long now = nanoTime.getAsLong();
        Kept newest = log.keep(publication, now);
        kept.add(newest);
        bytes += newest.bytes();
        dropOld(log, now);
        while (bytes > settings.maxHistoryBytes() && !kept.isEmpty()) {
            Kept oldest = kept.remove();
            if (oldest.isDropped()) {
                dropped--;
            } else {
                bytes -= oldest.log().dropOldest(); // the oldest of all is its log's oldest
                forgetUnused(oldest.log());
            }
        }
        if (dropped > SLACK && dropped > kept.size() / 2) {
            kept.removeIf(Kept::isDropped);
            dropped = 0;
        }
    }

    private void forgetUnused(Log log) {
        if (!log.isInUse()) {
            remove(log);
            forgotten++;
        }
    }

    private void dropOld(Log log, long now) {
        while (log.hasTooMuch(now)) {
            bytes -= log.dropOldest();
            dropped++;
        }
    }

    private void sweepForEver() {
        try {
            while (true) {
                Thread.sleep(SWEEP);
                sweep();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /// Lets go of what is too old. Takes time in proportion to the number of logs.
    synchronized void sweep() {
        long now = nanoTime.getAsLong();
        boolean isTight = bytes > settings.maxHistoryBytes() / 2;
        for (Log log : List.copyOf(logs.values())) {
            dropOld(log, now);
            if (isTight || now - log.usedNanos >= MEMORY.toNanos()) {
                forgetUnused(log);
            }
        }
        kept.removeIf(Kept::isDropped);
        dropped = 0;
    }

    /// What a message is known by; empty if by nothing. No user can make it look like another's: a
    /// channel's name has no line end, and the length says where the user's ends.
    private static String name(String channel, Message message) {
        String from = message.from() == null ? "" : message.from();
        return message.id() == null
                ? ""
                : channel + '\n' + from.length() + '\n' + from + message.id();
    }
}
