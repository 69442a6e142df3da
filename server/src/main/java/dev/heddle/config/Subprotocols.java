package dev.heddle.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The subprotocols that an endpoint speaks (RFC 6455, section 1.9). Of those that a client offers
/// the first that is among them is agreed on.
///
/// @param names as clients offer them, compared character by character; none if empty, and then
///   what clients offer is not looked at
/// @param required whether a client that offers none of them is refused with 400
public record Subprotocols(List<String> names, boolean required) {
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}");
    private static final int MAX_NAMES = 32;

    static final Kind<List<String>> KIND =
            new Kind<>(
                    text -> Optional.of(Kind.elements(text)),
                    Subprotocols::areNames,
                    _ ->
                            "up to "
                                    + MAX_NAMES
                                    + " different names of visible ASCII characters, such as"
                                    + " graphql-transport-ws",
                    Kind.Form.LIST);

    /// For an endpoint that speaks none.
    public static final Subprotocols NONE = new Subprotocols(List.of(), false);

    public Subprotocols {
        names = List.copyOf(names);
        KIND.require("subprotocols", names);
        if (!mayBeRequired(required, names)) {
            throw new IllegalArgumentException("require-subprotocol needs subprotocols");
        }
    }

    /// An endpoint that speaks these, and lets in who offers none of them too.
    ///
    /// @throws IllegalArgumentException if one is no name, or there twice
    public static Subprotocols optional(String... names) {
        return new Subprotocols(List.of(names), false);
    }

    /// An endpoint that speaks these, and refuses who offers none of them.
    ///
    /// @throws IllegalArgumentException if there is none, or one is no name, or there twice
    public static Subprotocols mandatory(String... names) {
        return new Subprotocols(List.of(names), true);
    }

    /// Whether a client can offer what it must.
    static boolean mayBeRequired(boolean required, List<String> names) {
        return !required || !names.isEmpty();
    }

    private static boolean areNames(List<String> names) {
        return names.size() <= MAX_NAMES
                && names.stream().allMatch(TOKEN.asMatchPredicate())
                && names.size() == Set.copyOf(names).size();
    }
}
