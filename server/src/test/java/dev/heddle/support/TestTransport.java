package dev.heddle.support;

import java.util.Map;

/// Which sockets the servers of the tests have: what `HEDDLE_NET_TRANSPORT` says where the tests
/// run, or the default.
public final class TestTransport {
    private static final String VARIABLE = "HEDDLE_NET_TRANSPORT";

    private TestTransport() {}

    /// Adds it to the environment of a server.
    public static void addTo(Map<String, String> variables) {
        String value = System.getenv(VARIABLE);
        if (value != null) {
            variables.putIfAbsent(VARIABLE, value);
        }
    }
}
