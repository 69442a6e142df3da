package dev.heddle.proxy;

import dev.heddle.config.AddressLiteral;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Optional;

/// A proxy's statement about the sender of a request to it.
///
/// @param address where that one is; `null` if the proxy does not say, or nothing that can be read
/// @param scheme `http` or `https`, which that one spoke with it; `null` likewise
record Hop(@Nullable InetSocketAddress address, @Nullable String scheme) {
    private static final int MAX_PORT = 65_535;
    private static final int MAX_PORT_DIGITS = 5;

    /// As both headers write it.
    ///
    /// @param node an address, in brackets or not, with a port or not; `unknown` and names that
    ///   proxies make up are none
    /// @param scheme also as those write it who name the WebSocket's
    static Hop of(String node, String scheme) {
        return new Hop(address(node), scheme(scheme));
    }

    private static @Nullable String scheme(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "http", "ws" -> Requester.HTTP;
            case "https", "wss" -> Requester.HTTPS;
            default -> null;
        };
    }

    private static @Nullable InetSocketAddress address(String node) {
        int bracket = node.startsWith("[") ? node.indexOf(']') : -1;
        int colon = bracket < 0 ? node.lastIndexOf(':') : bracket + 1;
        boolean isBareIpv6 = bracket < 0 && node.indexOf(':') != colon;
        if (isBareIpv6 || colon < 0 || colon == node.length()) {
            return socketAddress(node, "0");
        }
        return node.charAt(colon) == ':'
                ? socketAddress(node.substring(0, colon), node.substring(colon + 1))
                : null;
    }

    private static @Nullable InetSocketAddress socketAddress(String host, String port) {
        boolean isBracketed = host.startsWith("[") && host.endsWith("]");
        String bare = isBracketed ? host.substring(1, host.length() - 1) : host;
        Optional<InetAddress> address =
                isBracketed && bare.indexOf(':') < 0
                        ? Optional.empty()
                        : AddressLiteral.parse(bare);
        int number = port(port);
        return address.isEmpty() || number < 0
                ? null
                : new InetSocketAddress(address.get(), number);
    }

    /// @return -1 if it is none; 0 if a proxy hides it (RFC 7239, section 6.3)
    private static int port(String text) {
        if (text.startsWith("_")) {
            return 0;
        }
        boolean isNumber =
                !text.isEmpty()
                        && text.length() <= MAX_PORT_DIGITS
                        && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int number = isNumber ? Integer.parseInt(text) : -1;
        return number <= MAX_PORT ? number : -1;
    }
}
