package dev.heddle.broker.redis;

import dev.heddle.broker.Broker.Outcome;
import dev.heddle.broker.Broker.Published;
import dev.heddle.broker.BrokerUnavailable;
import dev.heddle.broker.History;
import dev.heddle.broker.Message;
import dev.heddle.broker.Position;
import dev.heddle.broker.Publication;
import dev.heddle.broker.Range;
import dev.heddle.broker.RecentIds;
import dev.heddle.config.ChannelRule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// The logs of channels in Redis. **Thread-safe**; waits as [Redis].
final class Logs {
    /// How long a log that nobody uses keeps its epoch.
    static final Duration MEMORY = Duration.ofHours(1);

    private final Counting counting;
    private final Keys keys;
    private final List<ChannelRule> rules;

    Logs(Counting counting, Keys keys, List<ChannelRule> rules) {
        this.counting = counting;
        this.keys = keys;
        this.rules = rules;
    }

    /// Appends a message, and lets all nodes hear it.
    ///
    /// @param once whether it is not published again if its id was: then it may be tried twice
    Published publish(String channel, Message message, boolean once) {
        boolean isNamed = once && message.id() != null;
        try {
            return append(channel, message, isNamed);
        } catch (BrokerUnavailable lost) {
            if (!isNamed) {
                throw lost;
            }
            return append(channel, message, true);
        }
    }

    private Published append(String channel, Message message, boolean isNamed) {
        ChannelRule rule = ChannelRule.of(channel, rules);
        long data = RecentIds.fingerprint(message.data());
        List<String> touched = new ArrayList<>(List.of(keys.head(channel), keys.entries(channel)));
        if (isNamed) {
            touched.add(keys.id(channel, message));
        }
        List<?> answer =
                run(
                        Script.PUBLISH,
                        touched,
                        counting.freshEpoch(),
                        WireMessage.encode(message),
                        rule.history(),
                        rule.maxHistoryBytes(),
                        rule.historyTtl().toMillis(),
                        memoryMillis(rule),
                        keys.said(channel),
                        RecentIds.WINDOW.toMillis(),
                        data);
        String[] place = text(answer.get(0)).split(" ", 4);
        Position position = new Position(place[0], Long.parseLong(place[1]));
        boolean isSame = Long.parseLong(place[2]) == data;
        return new Published(
                position,
                answer.get(1).equals(1L)
                        ? Outcome.DELIVERED
                        : isSame ? Outcome.DUPLICATE : Outcome.ID_TAKEN);
    }

    /// Whether other data was published under the message's id.
    boolean isIdTaken(String channel, Message message) {
        if (message.id() == null) {
            return false;
        }
        String known = counting.counted(() -> counting.redis().get(keys.id(channel, message)));
        return !known.isEmpty()
                && Long.parseLong(known.split(" ", 4)[2]) != RecentIds.fingerprint(message.data());
    }

    /// As [#read], but only few at once: so those who wait for an answer need not wait for all that
    /// is to be done in the background.
    History readInTurn(String channel, Range range) {
        return counting.inTurn(() -> read(channel, range));
    }

    /// Reads a part of a channel's log.
    History read(String channel, Range range) {
        return switch (range) {
            case Range.After(Position since, int limit) ->
                    // no epoch is empty, so an empty one is as good as a wrong one
                    read(channel, since.epoch().isEmpty() ? "-" : since.epoch(), since, limit);
            case Range.Newest(int limit) -> read(channel, "", new Position("", 0), limit);
        };
    }

    private History read(String channel, String epoch, Position since, int limit) {
        List<?> answer =
                run(
                        Script.READ,
                        List.of(keys.head(channel), keys.entries(channel)),
                        counting.freshEpoch(),
                        ttlMillis(channel),
                        MEMORY.toMillis(),
                        epoch,
                        since.offset(),
                        limit);
        List<Publication> publications = new ArrayList<>();
        for (int i = 3; i + 1 < answer.size(); i += 2) {
            long offset = Long.parseLong(text(answer.get(i)));
            decode(text(answer.get(i + 1)))
                    .ifPresent(message -> publications.add(new Publication(offset, message)));
        }
        Position position = new Position(text(answer.get(0)), Long.parseLong(text(answer.get(1))));
        return new History(position, publications, answer.get(2).equals(1L));
    }

    /// A message; empty, and counted, if only a newer node understands it.
    private Optional<Message> decode(String text) {
        try {
            return Optional.of(WireMessage.decode(text));
        } catch (RuntimeException strange) {
            counting.counters().bug(strange);
            return Optional.empty();
        }
    }

    /// Keeps the epochs of these channels.
    void keep(Collection<String> channels) {
        List<String> heads = channels.stream().map(keys::head).toList();
        counting.counted(
                () -> {
                    counting.redis().keep(heads, MEMORY.multipliedBy(2));
                    return heads;
                });
    }

    /// The time to live of a log in Redis; only Redis knows that of events, see `members.lua`.
    private long ttlMillis(String channel) {
        return Keys.isEvents(channel)
                ? MEMORY.toMillis()
                : ChannelRule.of(channel, rules).historyTtl().toMillis();
    }

    private static long memoryMillis(ChannelRule rule) {
        return Math.max(MEMORY.toMillis(), rule.historyTtl().toMillis());
    }

    private List<?> run(Script script, List<String> touched, Object... arguments) {
        List<String> texts = new ArrayList<>();
        for (Object argument : arguments) {
            texts.add(argument.toString());
        }
        return (List<?>) counting.run(script, touched, texts);
    }

    private static String text(Object value) {
        return value.toString();
    }
}
