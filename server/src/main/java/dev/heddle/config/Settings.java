package dev.heddle.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Everything that an operator can choose, immutable and valid.
///
/// @param host address that the public port binds to
/// @param port public port; 0 takes any free one
/// @param internalHost address that the internal port binds to: a loopback address unless there is
///   an API key
/// @param internalPort internal port; 0 takes any free one
/// @param diagnostics whether `/echo` and `/benchmark` exist
/// @param warmUp how long a process rehearses at most before it accepts; zero is not at all
/// @param allowOrigins origins that browsers may connect from besides the server's own, each
///   exactly as a browser sends it; `*` for all, `null` for pages that have none
/// @param allowHosts names and addresses that clients may call the server by; empty for any
/// @param limits bounds of the whole server
/// @param sending how the server sends to clients
/// @param deadlines how long anything may take
/// @param token whom a login believes
/// @param ws bounds of each connection to `/ws`
/// @param wsEnabled whether `/ws` exists
/// @param wsLogin whether clients of `/ws` need a login token
/// @param wsMessagesPerSecond messages of one connection to `/ws` in the long run; 0 is no limit
/// @param wsBytesPerSecond payload bytes of one connection to `/ws` in the long run; 0 is no limit
/// @param echo bounds of each connection to `/echo`
/// @param internal the HTTP API on the internal port
/// @param profile whose defaults these are
/// @param messages the language of standard texts that clients get
/// @param rooms the ids of all rooms, in the order in which they are shown
/// @param userSessions how many connections to a room a user may have
/// @param users how users log in and what counts as being there
/// @param acc bounds of each connection to `/acc`
/// @param commands how much each connection to `/acc` may send
/// @param channels what holds in channels
/// @param jfr what is recorded in the background, and when it is written
public record Settings(
        String host,
        int port,
        String internalHost,
        int internalPort,
        boolean diagnostics,
        Duration warmUp,
        List<String> allowOrigins,
        List<String> allowHosts,
        Limits limits,
        SendLimits sending,
        Deadlines deadlines,
        TokenSettings token,
        EndpointLimits ws,
        boolean wsEnabled,
        boolean wsLogin,
        int wsMessagesPerSecond,
        int wsBytesPerSecond,
        EndpointLimits echo,
        ApiSettings internal,
        Profile profile,
        Language messages,
        List<Integer> rooms,
        UserSessions userSessions,
        UserSettings users,
        EndpointLimits acc,
        CommandRates commands,
        ChannelSettings channels,
        JfrSettings jfr) {

    private static final int ANY_FREE_PORT = 0;

    private static final Map<Key<?>, String> UNSEEN =
            Map.of(
                    Keys.HOST, "127.0.0.1",
                    Keys.PORT, "0",
                    Keys.INTERNAL_PORT, "0",
                    Keys.DIAGNOSTICS, "true",
                    Keys.WARM_UP, "0s");

    public Settings {
        allowOrigins = List.copyOf(allowOrigins);
        allowHosts = List.copyOf(allowHosts);
        rooms = List.copyOf(rooms);
        Keys.HOST.require(host);
        Keys.PORT.require(port);
        Keys.INTERNAL_HOST.require(internalHost);
        Keys.INTERNAL_PORT.require(internalPort);
        Keys.WARM_UP.require(warmUp);
        Keys.ALLOW_ORIGIN.require(allowOrigins);
        Keys.ALLOW_HOST.require(allowHosts);
        Keys.ROOMS.require(rooms);
        if (isOnePort(host, port, internalHost, internalPort)) {
            throw new IllegalArgumentException("internal.port must be different from port");
        }
        if (wsLogin && token.isOpen()) {
            throw new IllegalArgumentException("ws.login needs keys of tokens");
        }
        if (!ApiSettings.mayListen(internalHost, internal.apiKey())) {
            throw new IllegalArgumentException(
                    "internal.host must be a loopback address without an internal.api-key");
        }
    }

    /// The settings of a server that nobody has configured.
    public static Settings defaults() {
        return of(Values.defaults(new ArrayList<>()));
    }

    static Settings of(Values values) {
        return new Settings(
                values.get(Keys.HOST),
                values.get(Keys.PORT),
                values.get(Keys.INTERNAL_HOST),
                values.get(Keys.INTERNAL_PORT),
                values.get(Keys.DIAGNOSTICS),
                values.get(Keys.WARM_UP),
                values.get(Keys.ALLOW_ORIGIN),
                values.get(Keys.ALLOW_HOST),
                Limits.of(values),
                SendLimits.of(values),
                Deadlines.of(values),
                TokenSettings.of(values),
                EndpointLimits.of(values, Keys.WS),
                values.get(Keys.WS_ENABLED),
                values.get(Keys.WS_LOGIN),
                values.get(Keys.WS_MESSAGES_PER_SECOND),
                values.bytes(Keys.WS_BYTES_PER_SECOND),
                EndpointLimits.of(values, Keys.ECHO),
                ApiSettings.of(values),
                values.get(Keys.PROFILE),
                values.get(Keys.MESSAGES),
                values.get(Keys.ROOMS),
                values.get(Keys.USER_SESSIONS),
                UserSettings.of(values),
                EndpointLimits.of(values, Keys.ACC),
                CommandRates.of(values),
                ChannelSettings.of(values),
                JfrSettings.of(values));
    }

    /// The settings of a server that only its own process knows of: the defaults, on free ports of
    /// loopback, with every endpoint.
    public static Settings unseen() {
        List<String> faults = new ArrayList<>();
        Values unseen = new Values(faults);
        UNSEEN.forEach((key, text) -> unseen.set(key, text, "unseen"));
        Values values = Values.defaults(faults);
        values.putAll(unseen);
        return of(values);
    }

    /// Whether both ports are the same one of the same address.
    static boolean isOnePort(String host, int port, String internalHost, int internalPort) {
        return port == internalPort
                && port != ANY_FREE_PORT
                && (Authority.isEveryAddress(host) || host.equals(internalHost));
    }
}
