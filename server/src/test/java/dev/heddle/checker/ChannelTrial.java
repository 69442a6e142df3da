package dev.heddle.checker;

import dev.heddle.checker.Attempt.Acknowledged;
import dev.heddle.checker.ReaderLog.Run;
import dev.heddle.checker.Verdict.Fault;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/// The logs of one channel, and what they prove. Pure.
final class ChannelTrial {
    private final String channel;
    private final Verdict verdict;
    private final List<Attempt> attempts = new ArrayList<>();
    private final List<ReaderLog> logs = new ArrayList<>();

    private final Set<Long> sent = new HashSet<>();

    /// What is where, as the first who saw it there says.
    private final Map<Position, Long> held = new HashMap<>();

    private final Map<Long, Position> places = new HashMap<>();
    private final Map<String, NavigableMap<Long, Long>> acknowledged = new HashMap<>();

    /// What a reader has got from where the server told it that it begins, until it told it anew.
    private static final class Stay {
        private final Run first;
        private final BitSet seen = new BitSet();
        private long at;

        Stay(Run first) {
            this.first = first;
            this.at = first.start();
        }

        boolean has(long offset) {
            return seen.get(Math.toIntExact(offset - first.start()));
        }

        void mark(long offset) {
            seen.set(Math.toIntExact(offset - first.start()));
        }
    }

    ChannelTrial(String channel, Verdict verdict) {
        this.channel = channel;
        this.verdict = verdict;
    }

    void addAttempt(Attempt attempt) {
        attempts.add(attempt);
        if (!(attempt.outcome() instanceof Attempt.Refused)) {
            sent.add(attempt.message());
        }
    }

    void addLog(ReaderLog log) {
        logs.add(log);
    }

    void judge() {
        List<List<Stay>> stays = logs.stream().map(this::judgeOrder).toList();
        judgeAcknowledgements();
        for (int i = 0; i < logs.size(); i++) {
            judgeLosses(logs.get(i), stays.get(i));
        }
    }

    /// Follows one reader; what it saw becomes known to the whole channel.
    private List<Stay> judgeOrder(ReaderLog log) {
        List<Stay> stays = new ArrayList<>();
        @Nullable Stay stay = null;
        for (Run run : log.runs()) {
            if (stay == null || begins(run, stay)) {
                requireRight(log, run, stay);
                stay = new Stay(run);
                stays.add(stay);
            } else {
                find(
                        Fault.REORDERED,
                        log,
                        "was at %s and went on after %d"
                                .formatted(new Position(run.epoch(), stay.at), run.start()));
            }
            for (long offset = run.start() + 1; offset <= run.end(); offset++) {
                judge(log, stay, new Position(run.epoch(), offset), run.message(offset));
            }
            stay.at = run.end();
        }
        return stays;
    }

    private static boolean begins(Run run, Stay stay) {
        return run.declared()
                || !run.epoch().equals(stay.first.epoch())
                || run.start() < stay.first.start();
    }

    private void requireRight(ReaderLog log, Run run, @Nullable Stay before) {
        Position position = new Position(run.epoch(), run.start());
        if (!run.declared()) {
            find(Fault.REORDERED, log, "was taken to " + position + " without being told");
        } else if (before != null
                && before.first.epoch().equals(run.epoch())
                && run.start() < before.at) {
            find(
                    Fault.REORDERED,
                    log,
                    "was told that it begins at %s, and had been at %d"
                            .formatted(position, before.at));
        }
    }

    private void judge(ReaderLog log, Stay stay, Position position, long message) {
        if (stay.has(position.offset())) {
            find(Fault.DUPLICATED, log, "got %s twice".formatted(position));
        }
        stay.mark(position.offset());
        @Nullable Long other = held.putIfAbsent(position, message);
        if (other == null) {
            judgePlace(log, position, message);
        } else if (other != message) {
            find(
                    Fault.REORDERED,
                    log,
                    "got %s at %s, others %s"
                            .formatted(Message.name(message), position, Message.name(other)));
        }
    }

    private void judgePlace(ReaderLog log, Position position, long message) {
        if (!sent.contains(message)) {
            find(Fault.GHOST, log, "got %s at %s".formatted(Message.name(message), position));
        }
        @Nullable Position other = places.putIfAbsent(message, position);
        if (other != null) {
            find(
                    Fault.DUPLICATED,
                    log,
                    "got %s at %s, and it is at %s"
                            .formatted(Message.name(message), position, other));
        }
    }

    private void judgeAcknowledgements() {
        Map<Long, Position> latest = new HashMap<>();
        for (Attempt attempt : attempts) {
            if (attempt.outcome() instanceof Acknowledged(Position position)) {
                long message = attempt.message();
                acknowledged
                        .computeIfAbsent(position.epoch(), _ -> new TreeMap<>())
                        .put(position.offset(), message);
                judgePlace(message, position);
                @Nullable Position before = latest.put(message >>> 32, position);
                if (before != null
                        && before.epoch().equals(position.epoch())
                        && before.offset() >= position.offset()) {
                    find(
                            Fault.REORDERED,
                            "%s was acknowledged at %s, and what its writer had published before at %s"
                                    .formatted(Message.name(message), position, before));
                }
            }
        }
    }

    private void judgePlace(long message, Position position) {
        @Nullable Long other = held.putIfAbsent(position, message);
        @Nullable Position seen = places.putIfAbsent(message, position);
        if (other != null && other != message) {
            find(
                    Fault.REORDERED,
                    "%s was acknowledged at %s, where %s is"
                            .formatted(Message.name(message), position, Message.name(other)));
        } else if (seen != null && !seen.equals(position)) {
            find(
                    Fault.REORDERED,
                    "%s was acknowledged at %s and is at %s"
                            .formatted(Message.name(message), position, seen));
        }
    }

    /// Each stay must have everything that is acknowledged from its beginning to its end; the last
    /// one has no end, because a reader stays until everything is there.
    private void judgeLosses(ReaderLog log, List<Stay> stays) {
        for (int i = 0; i < stays.size(); i++) {
            Stay stay = stays.get(i);
            long end = i == stays.size() - 1 ? Long.MAX_VALUE : stay.at;
            String epoch = stay.first.epoch();
            acknowledged
                    .getOrDefault(epoch, new TreeMap<>())
                    .subMap(stay.first.start(), false, Math.max(end, stay.first.start()), true)
                    .forEach(
                            (offset, message) -> {
                                Position position = new Position(epoch, offset);
                                if (!stay.has(offset) || isNowhere(position, message)) {
                                    find(
                                            Fault.LOST,
                                            log,
                                            "never got %s of %s"
                                                    .formatted(Message.name(message), position));
                                }
                            });
        }
    }

    /// Whether another message is where this one was acknowledged, and this one nowhere.
    private boolean isNowhere(Position position, long message) {
        return held.getOrDefault(position, message) != message
                && position.equals(places.get(message));
    }

    private void find(Fault fault, ReaderLog log, String what) {
        find(fault, log.reader() + " " + what);
    }

    private void find(Fault fault, String what) {
        verdict.find(fault, channel + ": " + what);
    }
}
