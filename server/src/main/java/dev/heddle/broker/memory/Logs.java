package dev.heddle.broker.memory;

import dev.heddle.broker.Publication;
import dev.heddle.broker.memory.Log.Kept;
import dev.heddle.config.ChannelRule;
import dev.heddle.config.ChannelSettings;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// All logs: what is kept of them, and which are forgotten. **Guarded by the broker.**
///
/// One bound, in bytes, is for all histories, and for the logs of channels that nobody is attached
/// to: subscribers pay for the log itself, by the bound on subscriptions. Of logs that nobody uses
/// and that have no history, those are forgotten first that have been so for longest, when all of
/// them take more than a quarter of the bound; otherwise the oldest publications are dropped.
final class Logs {
    private static final Duration MEMORY = Duration.ofHours(1);

    /// The share of the bound that unused logs may take while histories need it too.
    private static final int UNUSED_SHARE = 4;

    /// Dropped publications that may wait for being let go of.
    private static final int SLACK = 1024;

    private final ChannelSettings settings;
    private final String instance;
    private final Map<String, Log> logs = new HashMap<>();

    /// The logs that are not in use, the longest unused first.
    private final Set<Log> unused = new LinkedHashSet<>();

    /// The oldest first; also such as are dropped already.
    private final ArrayDeque<Kept> kept = new ArrayDeque<>();

    private int dropped;
    private long bytes;
    private long unusedBytes;
    private long forgotten;

    /// @param instance names this engine, unlike any other
    Logs(ChannelSettings settings, String instance) {
        this.settings = settings;
        this.instance = instance;
    }

    /// The bytes that count towards the bound.
    long bytes() {
        return bytes;
    }

    @Nullable Log find(String channel) {
        return logs.get(channel);
    }

    /// A log that is kept nowhere. Its epoch is the same until a log is forgotten: so a channel
    /// without a log, asked twice, has the same epoch, and a forgotten log's never comes again.
    Log fresh(String channel) {
        ChannelRule rule = ChannelRule.of(channel, settings.rules());
        return new Log(channel, rule, instance + "-" + forgotten);
    }

    /// The log of a channel, which is to be used now.
    Log open(String channel) {
        Log log = logs.get(channel);
        if (log == null) {
            log = fresh(channel);
            logs.put(channel, log);
            bytes += log.ownBytes();
        } else if (unused.remove(log)) {
            unusedBytes -= log.ownBytes();
        }
        return log;
    }

    /// Somebody is attached.
    void attach(Log log) {
        if (log.attached++ == 0) {
            bytes -= log.ownBytes();
        }
    }

    /// Somebody is not any more.
    void detach(Log log) {
        if (--log.attached == 0) {
            bytes += log.ownBytes();
        }
    }

    /// Keeps a publication, as far as the rule and the bound let it.
    void keep(Log log, Publication publication, long now) {
        Kept newest = log.keep(publication, now);
        kept.add(newest);
        bytes += newest.bytes();
        dropOld(log, now);
        makeRoom();
        if (dropped > SLACK && dropped > kept.size() / 2) {
            letGoOfDropped();
        }
    }

    /// Drops what the log's rule does not let it keep any more.
    void dropOld(Log log, long now) {
        while (log.hasTooMuch(now)) {
            bytes -= log.dropOldest();
            dropped++;
        }
    }

    /// A log, one that is here, was used until now, and may be no more.
    void settle(Log log, long now) {
        log.usedNanos = now;
        if (unused.remove(log)) {
            unusedBytes -= log.ownBytes();
        }
        rest(log);
        makeRoom();
    }

    /// Lets go of what is too old. Takes time in proportion to the number of logs.
    void sweep(long now) {
        for (Log log : List.copyOf(logs.values())) {
            dropOld(log, now);
            rest(log);
        }
        for (Log log : List.copyOf(unused)) {
            if (now - log.usedNanos >= MEMORY.toNanos()) {
                forget(log);
            }
        }
        letGoOfDropped();
    }

    private void letGoOfDropped() {
        kept.removeIf(Kept::isDropped);
        dropped = 0;
    }

    /// Puts a log that is not in use among the unused ones; away if nothing was ever published in
    /// it: then its epoch may come again.
    private void rest(Log log) {
        if (log.isInUse()) {
            return;
        }
        if (log.position().offset() == 0) {
            remove(log);
        } else if (unused.add(log)) {
            unusedBytes += log.ownBytes();
        }
    }

    private void makeRoom() {
        long max = settings.maxHistoryBytes();
        while (bytes > max && !(kept.isEmpty() && unused.isEmpty())) {
            boolean isUnusedTooMuch = unusedBytes > max / UNUSED_SHARE || kept.isEmpty();
            if (isUnusedTooMuch && !unused.isEmpty()) {
                forget(unused.iterator().next());
            } else {
                dropOldestOfAll();
            }
        }
    }

    private void dropOldestOfAll() {
        Kept oldest = kept.remove();
        if (oldest.isDropped()) {
            dropped--;
        } else {
            bytes -= oldest.log().dropOldest(); // the oldest of all is its log's oldest
            rest(oldest.log());
        }
    }

    private void forget(Log log) {
        unused.remove(log);
        unusedBytes -= log.ownBytes();
        remove(log);
        forgotten++;
    }

    private void remove(Log log) {
        logs.remove(log.channel());
        bytes -= log.ownBytes();
    }
}
