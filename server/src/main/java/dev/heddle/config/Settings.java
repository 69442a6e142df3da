package dev.heddle.config;

import java.util.List;
import java.util.Set;

/// Everything that an operator can choose, immutable and valid.
///
/// @param host address that the public port binds to
/// @param port public port; 0 takes any free one
/// @param internalHost address that the internal port binds to: a loopback address
/// @param internalPort internal port; 0 takes any free one
/// @param diagnostics whether `/echo` and `/benchmark` exist
/// @param allowOrigins origins that browsers may connect from besides the server's own, each
///   exactly as a browser sends it
/// @param limits bounds of the whole server
/// @param deadlines how long anything may take
/// @param ws bounds of each connection to `/ws`
/// @param echo bounds of each connection to `/echo`
public record Settings(
        String host,
        int port,
        String internalHost,
        int internalPort,
        boolean diagnostics,
        List<String> allowOrigins,
        Limits limits,
        Deadlines deadlines,
        EndpointLimits ws,
        EndpointLimits echo) {

    private static final int ANY_FREE_PORT = 0;
    private static final Set<String> EVERY_ADDRESS = Set.of("0.0.0.0", "::");

    public Settings {
        allowOrigins = List.copyOf(allowOrigins);
        Keys.HOST.require(host);
        Keys.PORT.require(port);
        Keys.INTERNAL_HOST.require(internalHost);
        Keys.INTERNAL_PORT.require(internalPort);
        Keys.ALLOW_ORIGIN.require(allowOrigins);
        boolean isOnePort = port == internalPort && port != ANY_FREE_PORT;
        if (isOnePort && (EVERY_ADDRESS.contains(host) || host.equals(internalHost))) {
            throw new Conflict(
                    Keys.INTERNAL_PORT.name(), "must be different from", Keys.PORT.name());
        }
    }

    /// The settings of a server that nobody has configured.
    public static Settings defaults() {
        return new Values().settings();
    }
}
