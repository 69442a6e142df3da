package dev.heddle.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// The kinds of values of the settings of tokens. Each may be empty, which counts as not set.
final class TokenKinds {
    /// RFC 7518 section 3.2: a key of the same size as the hash output, or larger.
    private static final int MIN_SECRET_BYTES = 32;

    private static final int MAX_CHARS = 255;
    private static final int MAX_KEY_CHARS = 64 << 10;

    private static final String SECRET_IN_WORDS =
            "a secret of " + MIN_SECRET_BYTES + " bytes or more, which no key in PEM or JSON is";

    /// A secret of HS256. A text that looks like a public key is refused: everybody may know that
    /// key.
    static final Kind<Secret> SECRET =
            hidden(TokenKinds::isSecret, text -> Secret.expected(SECRET_IN_WORDS, text));

    /// SettingsTable as text.
    static final Kind<Secret> KEYS =
            hidden(
                    text ->
                            text.length() <= MAX_KEY_CHARS
                                    && (text.contains("-----BEGIN ")
                                            || text.replaceFirst("^[\uFEFF\\s]+", "")
                                                    .startsWith("{")),
                    _ -> "public keys as PEM, JWK or JWKS");

    static final Kind<String> FILE =
            new Kind<>(
                    Optional::of,
                    text -> text.isEmpty() || isPrintable(text),
                    _ -> "the name of a file",
                    Kind.Form.PLAIN);

    /// The password of a file; whoever made the file has chosen it.
    static final Kind<Secret> PASSWORD =
            hidden(
                    text -> text.length() <= MAX_CHARS && Secret.unseen(text).isEmpty(),
                    text -> Secret.expected("a password", text));

    static final Kind<String> NAME =
            new Kind<>(
                    Optional::of,
                    text -> text.isEmpty() || isPrintable(text),
                    _ -> "a text of at most " + MAX_CHARS + " printable characters",
                    Kind.Form.PLAIN);

    static final Kind<List<String>> NAMES =
            new Kind<>(
                    text -> Optional.of(Kind.elements(text)),
                    names -> names.stream().allMatch(TokenKinds::isPrintable),
                    _ -> "texts of at most " + MAX_CHARS + " printable characters",
                    Kind.Form.LIST);

    static final Kind<String> URL =
            new Kind<>(
                    Optional::of,
                    text -> text.isEmpty() || isTrustworthy(text),
                    _ ->
                            "an https:// address, or http:// on this machine: whoever could change"
                                    + " what arrives could log in as anybody",
                    Kind.Form.PLAIN);

    private TokenKinds() {}

    private static Kind<Secret> hidden(Predicate<String> range, UnaryOperator<String> expected) {
        return new Kind<>(
                text -> Optional.of(new Secret(text)),
                secret -> !secret.isSet() || range.test(secret.text()),
                expected,
                Kind.Form.SECRET);
    }

    private static boolean isSecret(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length >= MIN_SECRET_BYTES
                && text.length() <= MAX_KEY_CHARS
                && Secret.unseen(text).isEmpty()
                && !text.contains("-----BEGIN ")
                && !text.stripLeading().startsWith("{");
    }

    private static boolean isPrintable(String text) {
        return !text.isBlank()
                && text.equals(text.strip())
                && text.length() <= MAX_CHARS
                && text.equals(Printable.of(text));
    }

    private static boolean isTrustworthy(String text) {
        try {
            URI uri = new URI(text);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            return isPrintable(text)
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null
                    && (scheme.equals("https")
                            || (scheme.equals("http") && Kind.isLoopback(bare(uri.getHost()))));
        } catch (URISyntaxException notAnAddress) {
            return false;
        }
    }

    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
