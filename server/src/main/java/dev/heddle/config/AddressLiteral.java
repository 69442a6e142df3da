package dev.heddle.config;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/// An IP address as a text: IPv4 as four decimal numbers, IPv6 without a zone. Pure: no name is
/// ever resolved.
public final class AddressLiteral {
    private static final int MAX_LENGTH = "0000:0000:0000:0000:0000:ffff:255.255.255.255".length();
    private static final Pattern IPV4 =
            Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})(?:\\.(?!$)|$)){4}");
    private static final Pattern LEADING_ZERO = Pattern.compile("(?:.*\\.)?0[0-9].*");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]+");

    private AddressLiteral() {}

    /// The address that the text says; empty if it says none. An IPv4 address in IPv6's form
    /// (`::ffff:192.0.2.1`) is the IPv4 address.
    public static Optional<InetAddress> parse(String text) {
        if (text.length() > MAX_LENGTH || !(isIpv4(text) || isLikeIpv6(text))) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    /// Leading zeros mean octal numbers to some.
    private static boolean isIpv4(String text) {
        return IPV4.matcher(text).matches() && !LEADING_ZERO.matcher(text).matches();
    }

    private static boolean isLikeIpv6(String text) {
        return text.indexOf(':') >= 0 && IPV6.matcher(text).matches();
    }
}
