package dev.heddle.config;

import static java.util.function.Predicate.not;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Origins, separated by commas, each exactly as a browser sends it (RFC 6454 section 6.2): in
/// lower case, international names in their ASCII form, without a path or the scheme's own port.
/// Only so can they be compared with what arrives, character by character.
public final class OriginList {
    private static final Set<String> SPECIAL = Set.of("*", "null");

    static final Kind<List<String>> KIND =
            new Kind<>(
                    text -> Optional.of(Kind.elements(text)),
                    OriginList::areAsBrowsersSend,
                    OriginList::expected,
                    Kind.Form.LIST);

    /// The same, and `*` for every origin, and `null` for pages that have none, as those of files.
    static final Kind<List<String>> OR_ANY =
            new Kind<>(
                    text -> Optional.of(Kind.elements(text)),
                    origins ->
                            areAsBrowsersSend(
                                    origins.stream().filter(not(SPECIAL::contains)).toList()),
                    OriginList::expected,
                    Kind.Form.LIST);

    private static final Pattern ALMOST_ORIGIN =
            Pattern.compile(
                    "(?<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?:[^@/]*@)?"
                            + "(?<host>[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*\\.?|\\[[0-9A-Fa-f:.]+])"
                            + "(?::0*(?<port>[0-9]{0,5}))?(?:[/?#].*)?");

    private OriginList() {}

    /// The element that lets in pages with this `Origin`; `*` if no list can name that.
    public static String elementFor(String origin) {
        return SPECIAL.contains(origin)
                ? origin
                : asBrowsersSend(origin).filter(origin::equals).orElse("*");
    }

    private static boolean areAsBrowsersSend(List<String> origins) {
        return origins.stream()
                .allMatch(origin -> asBrowsersSend(origin).filter(origin::equals).isPresent());
    }

    private static String expected(String text) {
        String rule = "origins exactly as a browser sends them, such as https://example.com:8443";
        List<String> meant =
                Kind.elements(text).stream()
                        .map(OriginList::asBrowsersSend)
                        .flatMap(Optional::stream)
                        .toList();
        return meant.isEmpty() ? rule : rule + "; did you mean " + String.join(",", meant) + "?";
    }

    /// The origin that a browser sends for a page of this address; empty if it is no address of a
    /// page.
    private static Optional<String> asBrowsersSend(String address) {
        Matcher parts = ALMOST_ORIGIN.matcher(address);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String scheme =
                switch (parts.group("scheme").toLowerCase(Locale.ROOT)) {
                    case "ws" -> "http";
                    case "wss" -> "https";
                    case String other -> other;
                };
        String port = parts.group("port");
        boolean isPortLeftOut =
                port == null
                        || port.isEmpty()
                        || (scheme.equals("http") && port.equals("80"))
                        || (scheme.equals("https") && port.equals("443"));
        String origin = scheme + "://" + parts.group("host").toLowerCase(Locale.ROOT);
        return Optional.of(isPortLeftOut ? origin : origin + ':' + port)
                .filter(_ -> isPortLeftOut || Integer.parseInt(port) <= 65_535);
    }
}
