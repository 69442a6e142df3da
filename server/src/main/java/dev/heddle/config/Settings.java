package dev.heddle.config;

import java.time.Duration;
import java.util.List;

/// Everything that an operator can choose, immutable and valid.
///
/// @param host address that the public port binds to
/// @param port public port; 0 takes any free one
/// @param internalHost address that the internal port binds to: a loopback address
/// @param internalPort internal port; 0 takes any free one
/// @param diagnostics whether `/echo` and `/benchmark` exist
/// @param allowOrigins origins that browsers may connect from besides the server's own, each exactly
///     as a browser sends it
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

    public Settings {
        allowOrigins = List.copyOf(allowOrigins);
    }

    /// The settings of a server that nobody has configured.
    public static Settings defaults() {
        int mebibyte = 1 << 20;
        return new Settings(
                "0.0.0.0",
                8080,
                "127.0.0.1",
                8081,
                false,
                List.of(),
                new Limits(8 << 10, 100, 0, 0, 64L * mebibyte, 1024, 16 * mebibyte, 4096),
                new Deadlines(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(10),
                        Duration.ZERO,
                        Duration.ofSeconds(15),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        Duration.ofMillis(500)),
                new EndpointLimits(mebibyte, mebibyte, 1024, 2 * mebibyte, 256, mebibyte),
                new EndpointLimits(
                        16 * mebibyte, 16 * mebibyte, 65_536, 32 * mebibyte, 256, mebibyte));
    }
}
