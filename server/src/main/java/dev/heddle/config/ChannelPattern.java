package dev.heddle.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Names of channels, such as `news:*`: `*` stands for anything, also nothing. `{user}`, at the end
/// of a pattern without `*`, stands for the id of a user, who alone may do there what users may do;
/// elsewhere one name could be read as that of two users' channels. **Immutable.**
public final class ChannelPattern {
    /// The longest name of a channel, in bytes of UTF-8.
    public static final int MAX_NAME_BYTES = 255;

    private static final Pattern WRITTEN = Pattern.compile("[^\\p{Cntrl}\\s,=]{1,255}");
    private static final String USER = "{user}";
    private static final Pattern WILDCARD = Pattern.compile("\\*|\\{user}");

    private final String text;
    private final Pattern regex;
    private final boolean isPersonal;

    private ChannelPattern(String text, Pattern regex) {
        this.text = text;
        this.regex = regex;
        this.isPersonal = regex.namedGroups().containsKey("user");
    }

    /// The pattern that a text says; empty if it says none.
    static Optional<ChannelPattern> parse(String text) {
        int user = text.indexOf(USER);
        boolean isRightUser =
                user < 0 || (user == text.length() - USER.length() && !text.contains("*"));
        if (!WRITTEN.matcher(text).matches() || !isRightUser) {
            return Optional.empty();
        }
        StringBuilder regex = new StringBuilder();
        Matcher wildcards = WILDCARD.matcher(text);
        int from = 0;
        while (wildcards.find()) {
            regex.append(Pattern.quote(text.substring(from, wildcards.start())));
            regex.append(wildcards.group().equals("*") ? ".*" : "(?<user>.+)");
            from = wildcards.end();
        }
        regex.append(Pattern.quote(text.substring(from)));
        return Optional.of(
                new ChannelPattern(text, Pattern.compile(regex.toString(), Pattern.DOTALL)));
    }

    /// Whether it is the name of such a channel.
    boolean matches(String channel) {
        return regex.matcher(channel).matches();
    }

    /// Whether it is the name of such a channel, and of this user's if that matters.
    boolean isOpenTo(String user, String channel) {
        Matcher matcher = regex.matcher(channel);
        return matcher.matches() && (!isPersonal || matcher.group("user").equals(user));
    }

    @Override
    public String toString() {
        return text;
    }
}
