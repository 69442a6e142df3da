package dev.heddle.proxy;

import dev.heddle.http.Header;
import dev.heddle.http.RequestHead;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// `Forwarded` (RFC 7239, section 4): each proxy appends an element of pairs. Pure, linear.
///
/// One mistake anywhere, and nothing of it is believed: a quotation mark that a client leaves open
/// must not swallow what the proxy has appended.
final class Forwarded {
    private static final String ALSO_IN_TOKENS = "!#$%&'*+-.^_`|~";

    private final String text;
    private int at;
    private final List<Hop> hops = new ArrayList<>();

    private Forwarded(String text) {
        this.text = text;
    }

    /// The statements of the proxies, the nearest first.
    ///
    /// @param most how many are looked at
    static List<Hop> hops(RequestHead head, int most) {
        String value = head.header(Header.FORWARDED);
        Forwarded forwarded = new Forwarded(value == null ? "" : value);
        while (forwarded.at < forwarded.text.length()) {
            if (!forwarded.readElement()) {
                return List.of();
            }
        }
        List<Hop> nearest = forwarded.hops.reversed();
        return nearest.subList(0, Math.min(most, nearest.size()));
    }

    /// Reads pairs up to a comma or the end; an element without one is none.
    ///
    /// @return whether all of it is as it must be
    private boolean readElement() {
        String node = "";
        String scheme = "";
        boolean isEmpty = true;
        do {
            skipBlanks();
            String name = token();
            if (!name.isEmpty()) {
                String value = take('=') ? value() : null;
                if (value == null) {
                    return false;
                }
                node = name.equalsIgnoreCase("for") ? value : node;
                scheme = name.equalsIgnoreCase("proto") ? value : scheme;
                isEmpty = false;
            }
            skipBlanks();
        } while (take(';'));
        if (!isEmpty) {
            hops.add(Hop.of(node, scheme));
        }
        return at == text.length() || take(',');
    }

    private @Nullable String value() {
        if (take('"')) {
            return quoted();
        }
        String token = token();
        return token.isEmpty() ? null : token;
    }

    /// The text before the next quotation mark that no backslash is before.
    private @Nullable String quoted() {
        StringBuilder value = new StringBuilder();
        while (at < text.length()) {
            if (take('"')) {
                return value.toString();
            }
            if (take('\\') && at == text.length()) {
                return null;
            }
            value.append(text.charAt(at++));
        }
        return null;
    }

    private String token() {
        int from = at;
        while (at < text.length() && isInTokens(text.charAt(at))) {
            at++;
        }
        return text.substring(from, at);
    }

    private static boolean isInTokens(char c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || ALSO_IN_TOKENS.indexOf(c) >= 0;
    }

    private void skipBlanks() {
        while (take(' ') || take('\t')) {
            // each of them is passed over
        }
    }

    private boolean take(char wanted) {
        boolean isNext = at < text.length() && text.charAt(at) == wanted;
        at += isNext ? 1 : 0;
        return isNext;
    }
}
