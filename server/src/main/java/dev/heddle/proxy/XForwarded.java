package dev.heddle.proxy;

import dev.heddle.http.Header;
import dev.heddle.http.RequestHead;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// `X-Forwarded-For` and `X-Forwarded-Proto`, for which there is no standard: each proxy appends
/// one element, or replaces what there is. Pure.
final class XForwarded {
    private XForwarded() {}

    /// The statements of the proxies, the nearest first.
    ///
    /// @param most how many are looked at
    static List<Hop> hops(RequestHead head, int most) {
        List<String> nodes = elements(head.header(Header.X_FORWARDED_FOR), most);
        List<String> schemes = elements(head.header(Header.X_FORWARDED_PROTO), most);
        List<Hop> hops = new ArrayList<>();
        for (int i = 0; i < Math.max(nodes.size(), Math.min(1, schemes.size())); i++) {
            String scheme =
                    schemes.isEmpty() ? "" : schemes.get(schemes.size() == nodes.size() ? i : 0);
            hops.add(Hop.of(i < nodes.size() ? nodes.get(i) : "", scheme));
        }
        return hops;
    }

    /// The last elements of a list, the last one first.
    private static List<String> elements(@Nullable String list, int most) {
        List<String> elements = new ArrayList<>();
        int to = list == null ? -1 : list.length();
        while (list != null && to >= 0 && elements.size() < most) {
            int comma = list.lastIndexOf(',', to - 1);
            elements.add(unquoted(list.substring(comma + 1, to).strip()));
            to = comma;
        }
        return elements;
    }

    private static String unquoted(String element) {
        boolean isQuoted =
                element.length() > 1 && element.startsWith("\"") && element.endsWith("\"");
        return isQuoted ? element.substring(1, element.length() - 1) : element;
    }
}
