package dev.heddle.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The kinds of values of a gateway route's settings.
final class GatewayKinds {
    /// The headers of a client's request that a service may see.
    private static final Set<String> HEADERS =
            Set.of("accept-language", "authorization", "cookie", "origin", "user-agent");

    private static final Pattern SECRET = Pattern.compile("[!-+\\--~]{16,256}");
    private static final Pattern COMMAND = Pattern.compile("[\\w.:/-]{1,63}\\*?|\\*");
    private static final int MAX_SECRETS = 2;
    private static final int MAX_FAILURE_BYTES = 1_000;
    private static final Kind<GatewayEvent> EVENT = Kind.word(GatewayEvent.class);

    /// An address of HTTP; empty is none yet.
    static final Kind<String> URL =
            new Kind<>(
                    Optional::of,
                    text -> text.isEmpty() || isUrl(text),
                    _ -> "an http:// or https:// address, without user and fragment",
                    Kind.Form.PLAIN);

    static final Kind<List<GatewayEvent>> EVENTS =
            new Kind<>(
                    GatewayKinds::events,
                    GatewayKinds::areDifferent,
                    _ -> "one or more of connect, message, disconnect",
                    Kind.Form.LIST);

    /// Names of commands, of which `*` stands for any ending; empty is none.
    static final Kind<List<String>> COMMANDS =
            new Kind<>(
                    text -> Optional.of(Kind.elements(text)),
                    names ->
                            names.stream().allMatch(COMMAND.asMatchPredicate())
                                    && Set.copyOf(names).size() == names.size(),
                    _ ->
                            "different commands such as order.create, or order.* for all that begin"
                                    + " so",
                    Kind.Form.LIST);

    static final Kind<List<String>> HEADER_NAMES =
            new Kind<>(
                    text -> Optional.of(lowerCase(Kind.elements(text))),
                    names -> HEADERS.containsAll(names) && Set.copyOf(names).size() == names.size(),
                    _ -> "some of accept-language, authorization, cookie, origin, user-agent",
                    Kind.Form.LIST);

    /// One or two secrets. Empty is none.
    static final Kind<Secret> SECRETS =
            new Kind<>(
                    text -> Optional.of(new Secret(text)),
                    value -> !value.isSet() || areSecrets(secrets(value)),
                    text ->
                            Secret.expected(
                                    "one secret or two, with a comma between, each of 16 to 256"
                                            + " visible ASCII characters",
                                    text),
                    Kind.Form.SECRET);

    static final Kind<String> FAILURE =
            new Kind<>(
                    Optional::of,
                    text -> text.getBytes(StandardCharsets.UTF_8).length <= MAX_FAILURE_BYTES,
                    _ -> "a text of at most " + MAX_FAILURE_BYTES + " bytes",
                    Kind.Form.PLAIN);

    private GatewayKinds() {}

    /// The secrets of a text that has commas between them.
    static List<String> secrets(Secret text) {
        return text.isSet() ? Kind.elements(text.text()) : List.of();
    }

    private static boolean areSecrets(List<String> secrets) {
        return secrets.size() <= MAX_SECRETS
                && secrets.stream().allMatch(SECRET.asMatchPredicate());
    }

    private static Optional<List<GatewayEvent>> events(String text) {
        List<Optional<GatewayEvent>> events =
                Kind.elements(text).stream().map(EVENT::parse).toList();
        return events.stream().allMatch(Optional::isPresent)
                ? Optional.of(events.stream().flatMap(Optional::stream).toList())
                : Optional.empty();
    }

    private static boolean areDifferent(List<?> elements) {
        return !elements.isEmpty() && Set.copyOf(elements).size() == elements.size();
    }

    private static List<String> lowerCase(List<String> names) {
        return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    }

    private static boolean isUrl(String text) {
        try {
            URI uri = new URI(text);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            return uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null
                    && (scheme.equals("https") || scheme.equals("http"));
        } catch (URISyntaxException notAnAddress) {
            return false;
        }
    }
}
