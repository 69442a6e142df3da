package dev.heddle.broker.memory;

import dev.heddle.broker.Broker;
import dev.heddle.broker.History;
import dev.heddle.broker.Message;
import dev.heddle.broker.Position;
import dev.heddle.broker.Publication;
import dev.heddle.broker.Range;
import dev.heddle.broker.RecentIds;
import dev.heddle.config.ChannelSettings;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.function.LongSupplier;

/// The engine in memory, which serves this node and lasts as long as the process. **Thread-safe.**
///
/// A channel's log, and so its epoch, is forgotten an hour after it was last used, if nobody is
/// attached and it has no history; earlier when memory is tight (see [Logs]), and at once if
/// nothing was ever published in it. Histories are bounded by the rule of each channel and all
/// together; the oldest publications are dropped first. A client that shows a position that is
/// dropped or forgotten is told that the history does not reach back to it.
///
/// One lock guards all logs, and is held only for moments; while a publication is handed to the
/// listener, only its channel's publishers wait.
public final class MemoryBroker implements Broker {
    private static final Duration SWEEP = Duration.ofSeconds(10);

    private final LongSupplier nanoTime;
    private final RecentIds<Known> ids;
    private final Thread sweeper;
    private volatile Listener listener = (_, _, _) -> false;

    /// Guarded by this.
    private final Logs logs;

    /// The publication under an id.
    ///
    /// @param data a [RecentIds#fingerprint]
    private record Known(String epoch, long offset, long data) {
        Published as(Message message) {
            boolean isSame = data == RecentIds.fingerprint(message.data());
            return new Published(
                    new Position(epoch, offset), isSame ? Outcome.DUPLICATE : Outcome.ID_TAKEN);
        }
    }

    /// @param settings the rules of channels, and what histories and ids may take
    public MemoryBroker(ChannelSettings settings) {
        this(settings, System::nanoTime);
    }

    MemoryBroker(ChannelSettings settings, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.ids = new RecentIds<>(settings.maxPublicationIds(), nanoTime);
        byte[] random = new byte[4];
        new SecureRandom().nextBytes(random);
        this.logs = new Logs(settings, HexFormat.of().formatHex(random));
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
            return publish(channel, log, message, once ? key(channel, message) : "");
        } finally {
            log.order.unlock();
            endPublishing(log);
        }
    }

    /// The log's order must be held.
    ///
    /// @param key what it is known by, so that it is published once; empty if that does not matter
    private Published publish(String channel, Log log, Message message, String key) {
        Known earlier = key.isEmpty() ? null : ids.find(key);
        if (earlier != null) {
            return earlier.as(message);
        }
        Publication publication;
        Position position;
        boolean isAttached;
        synchronized (this) {
            publication = log.append(message);
            logs.keep(log, publication, nanoTime.getAsLong());
            position = log.position();
            isAttached = log.attached > 0;
        }
        boolean isDelivered =
                !isAttached || listener.published(channel, position.epoch(), publication);
        if (isDelivered && !key.isEmpty()) {
            long data = RecentIds.fingerprint(message.data());
            ids.putIfAbsent(key, new Known(position.epoch(), position.offset(), data));
        }
        return new Published(position, isDelivered ? Outcome.DELIVERED : Outcome.REFUSED);
    }

    @Override
    public boolean isIdTaken(String channel, Message message) {
        String key = key(channel, message);
        Known earlier = key.isEmpty() ? null : ids.find(key);
        return earlier != null && earlier.as(message).outcome() == Outcome.ID_TAKEN;
    }

    @Override
    public synchronized History history(String channel, Range range) {
        Log log = logs.find(channel);
        if (log == null) {
            return logs.fresh(channel).read(range);
        }
        long now = nanoTime.getAsLong();
        logs.dropOld(log, now);
        logs.settle(log, now);
        return log.read(range);
    }

    @Override
    public synchronized long historyBytes() {
        return logs.bytes();
    }

    @Override
    public synchronized void attach(String channel) {
        logs.attach(logs.open(channel));
    }

    @Override
    public synchronized void detach(String channel) {
        Log log = logs.find(channel);
        if (log == null || log.attached == 0) {
            throw new IllegalStateException("not attached");
        }
        logs.detach(log);
        logs.settle(log, nanoTime.getAsLong());
    }

    @Override
    public void close() {
        sweeper.interrupt();
    }

    private synchronized Log beginPublishing(String channel) {
        Log log = logs.open(channel);
        log.publishing++;
        return log;
    }

    private synchronized void endPublishing(Log log) {
        log.publishing--;
        logs.settle(log, nanoTime.getAsLong());
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
        logs.sweep(nanoTime.getAsLong());
    }

    /// The key by which a message is known; empty if it has none. No user can make it look like
    /// another's: a channel's name has no line end, and the length says where the user's ends.
    private static String key(String channel, Message message) {
        String from = message.from() == null ? "" : message.from();
        return message.id() == null
                ? ""
                : channel + '\n' + from.length() + '\n' + from + message.id();
    }
}
