package dev.heddle.http;

import java.util.Locale;

/// The origin of a web page (RFC 6454), as text that can be compared.
public final class Origin {
    private Origin() {}

    /// The form in which a browser sends it, of what other clients make of it: in lower case,
    /// without a lone final slash and without the port that its scheme has anyway. Everything else
    /// makes it another origin.
    public static String normal(String origin) {
        String lower = origin.toLowerCase(Locale.ROOT);
        boolean hasLoneSlash = lower.endsWith("/") && !lower.endsWith("//");
        String bare = hasLoneSlash ? lower.substring(0, lower.length() - 1) : lower;
        return withoutPort(withoutPort(bare, "http://", ":80"), "https://", ":443");
    }

    private static String withoutPort(String origin, String scheme, String port) {
        return origin.startsWith(scheme) && origin.endsWith(port)
                ? origin.substring(0, origin.length() - port.length())
                : origin;
    }
}
