package dev.heddle.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What holds in the channels whose names a pattern matches. Written as one line, the pattern and
/// what is different from the defaults: `news:* history=100 history-ttl=1h`.
///
/// @param text the rule as somebody wrote it
/// @param pattern whose names match
/// @param subscribe who may subscribe, and read the history
/// @param publish who may publish
/// @param presence who may see who is subscribed
/// @param history publications kept in each channel; 0 is none
/// @param historyTtl how long each is kept
/// @param maxHistoryBytes what those kept in each channel may take
/// @param sendsLatest whether the last publication comes with each subscription
/// @param tellsJoins whether subscribers are told of users who come and go
/// @param grace how long a user who is gone counts as still there
public record ChannelRule(
        String text,
        ChannelPattern pattern,
        Who subscribe,
        Who publish,
        Who presence,
        int history,
        Duration historyTtl,
        int maxHistoryBytes,
        boolean sendsLatest,
        boolean tellsJoins,
        Duration grace) {

    private static final Kind<Who> WHO = Kind.word(Who.class);
    private static final Kind<Integer> HISTORY = Kind.count(0, 1_000_000);
    private static final Kind<Duration> SPAN = Kind.span(true);
    private static final Kind<Duration> GRACE = Kind.spanUpTo(Duration.ofMinutes(10));
    private static final Kind<Long> HISTORY_BYTES = Kind.size(0, 1L << 30);

    static final Kind<List<ChannelRule>> KIND =
            new Kind<>(
                    ChannelRule::parseAll,
                    _ -> true,
                    _ ->
                            "rules such as: news:* history=100 history-ttl=5m, price:* latest=true;"
                                    + " a rule is a pattern and any of subscribe, publish,"
                                    + " presence (users, subscribers or backends), history,"
                                    + " history-ttl, history-bytes, latest, joins, grace",
                    Kind.Form.LIST);

    /// What the configuration's own rules are followed by.
    private static final List<ChannelRule> LAST =
            parseAll("room:* publish=subscribers, *").orElseThrow();

    /// Who may do something. Backends may do everything.
    public enum Who {
        /// Everybody who is logged in.
        USERS,
        /// Whose connection is subscribed to the channel.
        SUBSCRIBERS,
        /// Nobody else.
        BACKENDS
    }

    /// The rule of a channel: the first that matches.
    public static ChannelRule of(String channel, List<ChannelRule> rules) {
        return rules.stream()
                .filter(rule -> rule.pattern.matches(channel))
                .findFirst()
                .orElseThrow();
    }

    /// Whether somebody may do what `who` may do.
    ///
    /// @param who of [#subscribe], [#publish] or [#presence]
    /// @param isSubscribed whether the user's connection is subscribed to the channel
    public boolean permits(Who who, String channel, String user, boolean isSubscribed) {
        boolean isMeant =
                switch (who) {
                    case USERS -> true;
                    case SUBSCRIBERS -> isSubscribed;
                    case BACKENDS -> false;
                };
        return isMeant && pattern.isOpenTo(user, channel);
    }

    /// These rules, and those that hold for all other channels.
    public static List<ChannelRule> withDefaults(List<ChannelRule> own) {
        List<ChannelRule> all = new ArrayList<>(own);
        all.addAll(LAST);
        return List.copyOf(all);
    }

    private static Optional<List<ChannelRule>> parseAll(String text) {
        if (text.isBlank()) {
            return Optional.of(List.of());
        }
        List<Optional<ChannelRule>> rules =
                Arrays.stream(text.split(",", -1))
                        .map(String::strip)
                        .map(ChannelRule::parse)
                        .toList();
        return rules.stream().allMatch(Optional::isPresent)
                ? Optional.of(rules.stream().flatMap(Optional::stream).toList())
                : Optional.empty();
    }

    private static Optional<ChannelRule> parse(String line) {
        String[] words = line.split(" +", -1);
        Map<String, String> given = new HashMap<>();
        for (String word : Arrays.asList(words).subList(1, words.length)) {
            String[] pair = word.split("=", 2);
            if (pair.length != 2 || given.put(pair[0], pair[1]) != null) {
                return Optional.empty();
            }
        }
        boolean isLatest = "true".equals(given.get("latest"));
        try {
            ChannelRule rule =
                    new ChannelRule(
                            line,
                            ChannelPattern.parse(words[0]).orElseThrow(Fault::new),
                            take(WHO, given, "subscribe", "users"),
                            take(WHO, given, "publish", "backends"),
                            take(WHO, given, "presence", "subscribers"),
                            take(HISTORY, given, "history", isLatest ? "1" : "100"),
                            take(SPAN, given, "history-ttl", isLatest ? "24h" : "5m"),
                            Math.toIntExact(take(HISTORY_BYTES, given, "history-bytes", "256KiB")),
                            take(Kind.choice(), given, "latest", "false"),
                            take(Kind.choice(), given, "joins", "false"),
                            take(GRACE, given, "grace", "5s"));
            return given.isEmpty() ? Optional.of(rule) : Optional.empty();
        } catch (Fault wrong) {
            return Optional.empty();
        }
    }

    private static final class Fault extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static <T> T take(
            Kind<T> kind, Map<String, String> given, String name, String otherwise) {
        String text = given.remove(name);
        return kind.parse(text == null ? otherwise : text).orElseThrow(Fault::new);
    }

    /// The rule as somebody wrote it.
    @Override
    public String toString() {
        return text;
    }
}
