package dev.heddle.proxy;

import dev.heddle.http.Header;
import dev.heddle.http.RequestHead;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `Forwarded` (RFC 7239, section 4): each proxy appends an element of pairs. Pure, linear.
///
/// One mistake anywhere, and nothing of it is believed: a quotation mark that a client leaves open
/// must not swallow what the proxy has appended.
final class Forwarded {
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]++";
    private static final Pattern PAIR =
            Pattern.compile(
                    "[ \\t]*+(?:(?<name>"
                            + TOKEN
                            + ")=(?:(?<token>"
                            + TOKEN
                            + ")|\"(?<quoted>(?:[^\"\\\\]|\\\\.)*+)\"))?+[ \\t]*+(?<end>[;,]|$)");

    private Forwarded() {}

    /// What the proxies say, the nearest first.
    ///
    /// @param most how many are looked at
    static List<Hop> hops(RequestHead head, int most) {
        String value = head.header(Header.FORWARDED);
        List<Hop> hops = new ArrayList<>();
        if (value == null || !collect(PAIR.matcher(value), hops)) {
            return List.of();
        }
        List<Hop> nearest = hops.reversed();
        return nearest.subList(0, Math.min(most, nearest.size()));
    }

    /// @return whether all of it is as it must be
    private static boolean collect(Matcher pair, List<Hop> hops) {
        String node = "";
        String scheme = "";
        boolean isEmpty = true;
        while (pair.lookingAt()) {
            String name = pair.group("name");
            isEmpty &= name == null;
            node = "for".equalsIgnoreCase(name) ? value(pair) : node;
            scheme = "proto".equalsIgnoreCase(name) ? value(pair) : scheme;
            if (!pair.group("end").equals(";")) {
                if (!isEmpty) {
                    hops.add(Hop.of(node, scheme));
                }
                node = "";
                scheme = "";
                isEmpty = true;
            }
            if (pair.end() == pair.regionEnd() && pair.group("end").isEmpty()) {
                return true;
            }
            pair.region(pair.end(), pair.regionEnd());
        }
        return false;
    }

    private static String value(Matcher pair) {
        String token = pair.group("token");
        return token == null ? pair.group("quoted").replaceAll("\\\\(.)", "$1") : token;
    }
}
