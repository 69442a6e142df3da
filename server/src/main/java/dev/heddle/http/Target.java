package dev.heddle.http;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;

/// The target of a request, in one of two forms (RFC 9112, section 3.2): the origin form has a path
/// and a query, the absolute form has a scheme and an authority before them.
///
/// @param path as sent, not percent-decoded
/// @param query what follows the question mark, or `null` if there is none
/// @param authority host and port of the absolute form, or `null` in the origin form
record Target(String path, @Nullable String query, @Nullable String authority) {
    private static final List<String> SCHEMES = List.of("http://", "https://");

    /// Parses the target in `bytes[from, to)`: visible ASCII, no fragment. Pure.
    static Target parse(byte[] bytes, int from, int to) throws BadRequest {
        if (from == to) {
            throw BadRequest.SYNTAX;
        }
        checkBytes(bytes, from, to);
        String text = RequestHead.latin1(bytes, from, to);
        if (text.charAt(0) == '/') {
            return of(text, null);
        }
        for (String scheme : SCHEMES) {
            if (text.regionMatches(true, 0, scheme, 0, scheme.length())) {
                return absolute(text.substring(scheme.length()));
            }
        }
        throw BadRequest.TARGET;
    }

    /// Whether a text may be a host with or without a port. Users and passwords may not be in it.
    static boolean isAuthority(String text) {
        return !text.isEmpty()
                && text.chars()
                        .allMatch(
                                c ->
                                        c >= '0' && c <= '9'
                                                || c >= 'a' && c <= 'z'
                                                || c >= 'A' && c <= 'Z'
                                                || ".-_:[]%~".indexOf(c) >= 0);
    }

    /// The host of an authority in lower case, without port and brackets.
    static String host(String authority) {
        int colon = authority.lastIndexOf(':');
        boolean hasPort =
                colon >= 0
                        && authority.chars().skip(colon + 1L).allMatch(c -> c >= '0' && c <= '9');
        String host = hasPort ? authority.substring(0, colon) : authority;
        boolean isBracketed = host.startsWith("[") && host.endsWith("]");
        String bare = isBracketed ? host.substring(1, host.length() - 1) : host;
        return bare.toLowerCase(Locale.ROOT);
    }

    /// Whether it names the byte 0.
    boolean hasNul() {
        return path.contains("%00") || (query != null && query.contains("%00"));
    }

    private static Target absolute(String afterScheme) throws BadRequest {
        int end = 0;
        while (end < afterScheme.length() && "/?".indexOf(afterScheme.charAt(end)) < 0) {
            end++;
        }
        String authority = afterScheme.substring(0, end);
        if (!isAuthority(authority)) {
            throw BadRequest.TARGET;
        }
        String rest = afterScheme.substring(end);
        return of(rest.startsWith("/") ? rest : '/' + rest, authority);
    }

    private static Target of(String pathAndQuery, @Nullable String authority) {
        int mark = pathAndQuery.indexOf('?');
        return mark < 0
                ? new Target(pathAndQuery, null, authority)
                : new Target(
                        pathAndQuery.substring(0, mark),
                        pathAndQuery.substring(mark + 1),
                        authority);
    }

    private static void checkBytes(byte[] bytes, int from, int to) throws BadRequest {
        for (int i = from; i < to; i++) {
            int value = bytes[i];
            boolean isVisible = value > ' ' && value < 0x7F && value != '#';
            if (!isVisible || (value == '%' && !isEncodedByte(bytes, i, to))) {
                throw BadRequest.TARGET;
            }
        }
    }

    /// Whether a percent sign is followed by two hexadecimal digits.
    private static boolean isEncodedByte(byte[] bytes, int percent, int to) {
        if (percent + 2 >= to) {
            return false;
        }
        return Character.digit(bytes[percent + 1], 16) >= 0
                && Character.digit(bytes[percent + 2], 16) >= 0;
    }
}
