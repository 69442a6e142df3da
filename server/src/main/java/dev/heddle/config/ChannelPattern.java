package dev.heddle.config;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Names of channels, such as `news:*`: `*` stands for anything, also nothing. `{user}`, at the end
/// of a pattern without `*`, stands for the id of a user, who alone may do there what users may do;
/// elsewhere one name could be read as that of two users' channels. **Immutable.**
public final class ChannelPattern {
    /// The longest name of a channel, in bytes of UTF-8.
    public static final int MAX_NAME_BYTES = 255;

    private static final Pattern WRITTEN = Pattern.compile("[^\\p{Cntrl}\\s,=]{1,255}");
    private static final String USER = "{user}";

    private final String text;
    private final Pattern regex;

    /// The text before the user's id in the name of a user's own channel; `null` if the names are
    /// nobody's.
    private final @Nullable String prefix;

    private ChannelPattern(String text) {
        boolean isPersonal = text.endsWith(USER);
        String named = isPersonal ? text.substring(0, text.length() - USER.length()) : text;
        String regexOfNamed =
                Arrays.stream(named.split("\\*", -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*"));
        this.text = text;
        this.regex = Pattern.compile(regexOfNamed + (isPersonal ? ".+" : ""), Pattern.DOTALL);
        this.prefix = isPersonal ? named : null;
    }

    /// The pattern that a text says; empty if it says none.
    static Optional<ChannelPattern> parse(String text) {
        int user = text.indexOf(USER);
        boolean isRightUser =
                user < 0 || (user == text.length() - USER.length() && !text.contains("*"));
        return WRITTEN.matcher(text).matches() && isRightUser
                ? Optional.of(new ChannelPattern(text))
                : Optional.empty();
    }

    /// Whether it is the name of such a channel.
    boolean matches(String channel) {
        return regex.matcher(channel).matches();
    }

    /// Whether a channel of such a name is this user's, if that matters.
    boolean isOpenTo(String user, String channel) {
        return prefix == null || channel.equals(prefix + user);
    }

    @Override
    public String toString() {
        return text;
    }
}
