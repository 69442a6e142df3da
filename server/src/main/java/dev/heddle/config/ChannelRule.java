package dev.heddle.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A rule for the channels whose names match a pattern. Written as one line, the pattern and the
/// differences from the defaults: `news:* history=100 history-ttl=1h`.
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
    private static final Kind<Boolean> CHOICE = Kind.choice();

    /// The options of a rule.
    private static final Map<String, Kind<?>> OPTIONS =
            Map.of(
                    "subscribe", WHO,
                    "publish", WHO,
                    "presence", WHO,
                    "history", HISTORY,
                    "history-ttl", SPAN,
                    "history-bytes", HISTORY_BYTES,
                    "latest", CHOICE,
                    "joins", CHOICE,
                    "grace", GRACE);

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

    /// The rules that follow the configuration's own.
    private static final List<ChannelRule> LAST =
            parseAll("room:* publish=subscribers, *").orElseThrow();

    /// The parties that may do something. Backends may do everything.
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

    /// The given rules, and those that hold for all other channels.
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
            Kind<?> kind = OPTIONS.get(pair[0]);
            boolean isRight = kind != null && pair.length == 2 && kind.parse(pair[1]).isPresent();
            if (!isRight || given.put(pair[0], pair[1]) != null) {
                return Optional.empty();
            }
        }
        return ChannelPattern.parse(words[0]).map(pattern -> of(line, pattern, given));
    }

    /// @param given texts of [#OPTIONS] that are right
    private static ChannelRule of(String line, ChannelPattern pattern, Map<String, String> given) {
        boolean isLatest = value(CHOICE, given, "latest", "false");
        return new ChannelRule(
                line,
                pattern,
                value(WHO, given, "subscribe", "users"),
                value(WHO, given, "publish", "backends"),
                value(WHO, given, "presence", "subscribers"),
                value(HISTORY, given, "history", isLatest ? "1" : "100"),
                value(SPAN, given, "history-ttl", isLatest ? "24h" : "5m"),
                Math.toIntExact(value(HISTORY_BYTES, given, "history-bytes", "256KiB")),
                isLatest,
                value(CHOICE, given, "joins", "false"),
                value(GRACE, given, "grace", "5s"));
    }

    private static <T> T value(
            Kind<T> kind, Map<String, String> given, String name, String otherwise) {
        return kind.parse(given.getOrDefault(name, otherwise)).orElseThrow();
    }

    /// The rule as somebody wrote it.
    @Override
    public String toString() {
        return text;
    }
}
