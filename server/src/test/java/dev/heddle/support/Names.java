package dev.heddle.support;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What names in braces that begin with a capital, such as `{Epoch}`, stand for in one
/// conversation: whatever stands there where such a name is first expected, a number or a text
/// without quotation marks, and the same from then on. **Not thread-safe.**
public final class Names {
    private static final Pattern NAME = Pattern.compile("\\{([A-Z][a-z]*)}");
    private static final String ANYTHING = "[^\"{},]+";

    private final Map<String, String> known = new HashMap<>();

    /// The text with what the names in it stand for; those that are not known stay.
    public String fill(String text) {
        return NAME.matcher(text)
                .replaceAll(
                        name ->
                                Matcher.quoteReplacement(
                                        known.getOrDefault(name.group(1), name.group())));
    }

    /// Whether a text is as expected; then the names in it are known.
    ///
    /// @param wildcards texts, each with the regular expression that it stands for
    public boolean matches(String expected, String text, Map<String, String> wildcards) {
        String filled = fill(expected);
        String pattern = Pattern.quote(filled);
        for (Map.Entry<String, String> wildcard : wildcards.entrySet()) {
            pattern = pattern.replace(wildcard.getKey(), "\\E" + wildcard.getValue() + "\\Q");
        }
        Set<String> learnt = new LinkedHashSet<>();
        Matcher names = NAME.matcher(filled);
        while (names.find()) {
            String name = names.group(1);
            String form =
                    learnt.add(name) ? "(?<" + name + ">" + ANYTHING + ")" : "\\k<" + name + ">";
            pattern =
                    pattern.replaceFirst(
                            "\\{" + name + "}", Matcher.quoteReplacement("\\E" + form + "\\Q"));
        }
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.matches()) {
            return false;
        }
        learnt.forEach(name -> known.put(name, matcher.group(name)));
        return true;
    }
}
