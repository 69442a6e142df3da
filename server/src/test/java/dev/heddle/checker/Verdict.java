package dev.heddle.checker;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// What the logs of a trial prove against the server.
final class Verdict {
    private static final int EXAMPLES = 5;

    private final Map<Fault, Integer> counts = new EnumMap<>(Fault.class);
    private final Map<Fault, List<String>> examples = new EnumMap<>(Fault.class);

    /// What must never be.
    enum Fault {
        /// Acknowledged, and not seen by a reader of the channel that stayed within the window.
        LOST,
        /// One message at two positions, or one position twice to one reader.
        DUPLICATED,
        /// The next offset is not the one after the last; or two disagree on what a position holds;
        /// or what a writer has published after an acknowledgement is before it.
        REORDERED,
        /// Seen, and never sent to this channel, or refused.
        GHOST
    }

    /// Judges. Attempts of one writer must be in their order.
    static Verdict of(List<Attempt> attempts, List<ReaderLog> logs) {
        Map<String, ChannelTrial> channels = new TreeMap<>();
        Verdict verdict = new Verdict();
        for (Attempt attempt : attempts) {
            channels.computeIfAbsent(attempt.channel(), name -> new ChannelTrial(name, verdict))
                    .addAttempt(attempt);
        }
        for (ReaderLog log : logs) {
            channels.computeIfAbsent(log.channel(), name -> new ChannelTrial(name, verdict))
                    .addLog(log);
        }
        channels.values().forEach(ChannelTrial::judge);
        return verdict;
    }

    void find(Fault fault, String what) {
        counts.merge(fault, 1, Integer::sum);
        List<String> some = examples.computeIfAbsent(fault, _ -> new ArrayList<>());
        if (some.size() < EXAMPLES) {
            some.add(what);
        }
    }

    int count(Fault fault) {
        return counts.getOrDefault(fault, 0);
    }

    boolean isClean() {
        return counts.isEmpty();
    }

    /// The first few of them, in words.
    List<String> examples(Fault fault) {
        return Collections.unmodifiableList(examples.getOrDefault(fault, List.of()));
    }

    /// How many of each, and examples, one line each.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(64);
        for (Fault fault : Fault.values()) {
            text.append("%-12s%d%n".formatted(fault.name().toLowerCase(Locale.ROOT), count(fault)));
            examples(fault).forEach(what -> text.append("    ").append(what).append('\n'));
        }
        return text.toString();
    }
}
