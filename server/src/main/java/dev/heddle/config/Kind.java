package dev.heddle.config;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The values that a setting takes, and how they are written.
///
/// @param reader the value that a text says, in range or not; empty if it says none
/// @param range whether a value is taken
/// @param expected what is taken, in words, to finish the sentence "it takes ..."; applied to what
///   somebody wrote instead
/// @param form how a value is written
/// @param <T> type of the value
public record Kind<T>(
        Function<String, Optional<T>> reader,
        Predicate<T> range,
        UnaryOperator<String> expected,
        Form form) {

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");

    /// The texts that YAML takes without quotes.
    private static final Pattern UNQUOTED =
            Pattern.compile("(?!(?i:null)$)[A-Za-z0-9][A-Za-z0-9 ._%-]*");

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9:][A-Za-z0-9.:%_-]{0,254}");
    private static final Pattern OWN_NAME =
            Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,254}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final Pattern SECRET = Pattern.compile("[!-~]{16,256}");
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofHours(24);

    /// How values are written.
    enum Form {
        PLAIN,
        /// A list, of which YAML may write each element apart.
        LIST,
        /// A text that is never printed, and is not taken from a command line, which others can
        /// see.
        SECRET
    }

    private Kind(Function<String, Optional<T>> reader, Predicate<T> range, String expected) {
        this(reader, range, _ -> expected, Form.PLAIN);
    }

    /// A whole number.
    static Kind<Integer> count(int least, int most) {
        return new Kind<>(
                text -> Optional.of(text).filter(DIGITS.asMatchPredicate()).map(Integer::valueOf),
                value -> least <= value && value <= most,
                "a whole number from " + least + " to " + most);
    }

    /// A close code that tells a client to come back: 1013, or one of Heddle's own.
    static Kind<Integer> comeBackCode() {
        return new Kind<>(
                count(1013, 4499).reader,
                value -> value == 1013 || value >= 4000 && value <= 4499,
                "1013, or a whole number from 4000 to 4499");
    }

    /// A number of bytes.
    static Kind<Long> size(long least, long most) {
        String range = Units.OF_SIZE.format(least) + " to " + Units.OF_SIZE.format(most);
        return new Kind<>(
                Units.OF_SIZE::parse,
                value -> least <= value && value <= most,
                "a size in B, KiB, MiB or GiB, from " + range);
    }

    /// A length of time in whole milliseconds.
    ///
    /// @param mayBeOff whether zero is allowed, and means never
    static Kind<Duration> span(boolean mayBeOff) {
        return new Kind<>(
                text -> Units.OF_TIME.parse(text).map(Duration::ofMillis),
                value ->
                        value.isZero()
                                ? mayBeOff
                                : value.compareTo(SHORTEST) >= 0 && value.compareTo(LONGEST) <= 0,
                "a duration in ms, s, m or h, from 1ms to 24h"
                        + (mayBeOff ? ", or 0s for off" : ""));
    }

    /// A short length of time in whole milliseconds, none included.
    static Kind<Duration> spanUpTo(Duration longest) {
        return new Kind<>(
                text -> Units.OF_TIME.parse(text).map(Duration::ofMillis),
                value -> !value.isNegative() && value.compareTo(longest) <= 0,
                "a duration in ms, s, m or h, up to " + Units.OF_TIME.format(longest.toMillis()));
    }

    /// Yes or no.
    static Kind<Boolean> choice() {
        return new Kind<>(
                text ->
                        switch (text) {
                            case "true" -> Optional.of(true);
                            case "false" -> Optional.of(false);
                            default -> Optional.empty();
                        },
                _ -> true,
                "true or false");
    }

    /// One of a few words: the constants of an enum, in lower case.
    static <E extends Enum<E>> Kind<E> word(Class<E> type) {
        Map<String, E> words = new LinkedHashMap<>();
        for (E constant : EnumSet.allOf(type)) {
            words.put(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
        }
        return new Kind<>(
                text -> Optional.ofNullable(words.get(text)),
                _ -> true,
                String.join(" or ", words.keySet()));
    }

    /// Different whole numbers, at least one, separated by commas.
    static Kind<List<Integer>> numbers(int least, int most) {
        Kind<Integer> number = count(least, most);
        return new Kind<>(
                text -> {
                    List<Optional<Integer>> elements =
                            Arrays.stream(text.split(",", -1))
                                    .map(String::strip)
                                    .map(number::parse)
                                    .toList();
                    return elements.stream().allMatch(Optional::isPresent)
                            ? Optional.of(elements.stream().flatMap(Optional::stream).toList())
                            : Optional.empty();
                },
                values ->
                        !values.isEmpty()
                                && values.stream().allMatch(number.range)
                                && values.size() == Set.copyOf(values).size(),
                _ -> "different whole numbers from " + least + " to " + most,
                Form.LIST);
    }

    /// A host name or an address to bind to. Names are not resolved here.
    static Kind<String> host() {
        return new Kind<>(
                Optional::of,
                HOST.asMatchPredicate(),
                "a host name or an address such as 0.0.0.0 or ::1");
    }

    /// Host names and addresses without ports, separated by commas.
    static Kind<List<String>> hosts() {
        return new Kind<>(
                text -> Optional.of(elements(text)),
                values -> values.stream().allMatch(Kind::isOwnName),
                _ -> "names or addresses without ports, such as chat.example.com or ::1",
                Form.LIST);
    }

    private static boolean isOwnName(String name) {
        return OWN_NAME.matcher(name).matches()
                && (name.indexOf(':') < 0 || address(name).isPresent());
    }

    /// A secret that callers show: at least 16 characters, so that it cannot be guessed, which
    /// every HTTP client can send. Empty is none.
    static Kind<Secret> secret() {
        return new Kind<>(
                text -> Optional.of(new Secret(text)),
                value -> !value.isSet() || SECRET.matcher(value.text()).matches(),
                text -> Secret.expected("16 to 256 visible ASCII characters", text),
                Kind.Form.SECRET);
    }

    /// The elements of a list, which commas separate; none in an empty text.
    static List<String> elements(String text) {
        return text.isBlank()
                ? List.of()
                : Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    }

    /// Whether nobody reaches the address but this machine itself. Names are not resolved.
    public static boolean isLoopback(String host) {
        return host.equals("localhost")
                || address(host).filter(InetAddress::isLoopbackAddress).isPresent();
    }

    private static Optional<InetAddress> address(String literal) {
        try {
            return Optional.of(InetAddress.ofLiteral(literal));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    /// The value that the text says; empty if it says none that this kind takes.
    Optional<T> parse(String text) {
        return reader.apply(text).filter(range);
    }

    /// Whether a value is a list, of which YAML may write each element apart.
    public boolean isList() {
        return form == Form.LIST;
    }

    boolean isSecret() {
        return form == Form.SECRET;
    }

    /// A text that this kind takes, as YAML; what stands for it if it is a secret.
    String yaml(String text) {
        if (isSecret()) {
            return text.isEmpty() ? "\"\"" : Secret.HIDDEN;
        }
        if (parse(text).orElseThrow() instanceof List<?> elements) {
            return elements.stream()
                    .map(element -> quoted(element.toString()))
                    .collect(Collectors.joining(", ", "[", "]"));
        }
        return UNQUOTED.matcher(text).matches() ? text : quoted(text);
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /// Why the setting of that name does not take the text.
    String refusal(String name, String text) {
        String shown = isSecret() ? Secret.HIDDEN : '"' + Printable.of(text) + '"';
        return name + " cannot be " + shown + "; it takes " + expected.apply(text);
    }

    /// Refuses other values.
    ///
    /// @throws IllegalArgumentException if this kind does not take the value
    void require(String name, T value) {
        if (!range.test(value)) {
            throw new IllegalArgumentException(refusal(name, String.valueOf(value)));
        }
    }
}
