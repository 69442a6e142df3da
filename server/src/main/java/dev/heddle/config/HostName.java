package dev.heddle.config;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/// A host name or an address to bind to. Names are not resolved here.
///
/// @param onlyLoopback whether only this machine itself may be named
record HostName(boolean onlyLoopback) implements Kind<String> {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9:][A-Za-z0-9.:%_-]{0,254}");

    @Override
    public Optional<String> parse(String text) {
        return Optional.of(text).filter(this::takes);
    }

    @Override
    public boolean takes(String value) {
        return NAME.matcher(value).matches() && (!onlyLoopback || isLoopback(value));
    }

    @Override
    public String yaml(String text) {
        return text.indexOf(':') < 0 ? text : '"' + text + '"';
    }

    @Override
    public String expected(String text) {
        return onlyLoopback
                ? "a loopback address such as 127.0.0.1: on any other the internal port would need"
                        + " an API key, which this version does not have"
                : "a host name or an address such as 0.0.0.0 or ::1";
    }

    private static boolean isLoopback(String value) {
        if (value.equals("localhost")) {
            return true;
        }
        try {
            return InetAddress.ofLiteral(value).isLoopbackAddress();
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }
}
