package dev.heddle.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Everything that an operator can choose, immutable and valid.
///
/// @param server the process and its public port
/// @param internal the internal port
/// @param net what lies beneath the public port
/// @param proxy the proxies before the public port
/// @param limits bounds of the whole server
/// @param sending how the server sends to clients
/// @param deadlines how long anything may take
/// @param token whom a login believes
/// @param endpoints what clients connect to
/// @param channels what holds in channels
/// @param cluster what makes many nodes one system
/// @param records what the server tells of itself: its recording and its log
public record Settings(
        ServerSettings server,
        InternalSettings internal,
        NetSettings net,
        ProxySettings proxy,
        Limits limits,
        SendLimits sending,
        Deadlines deadlines,
        TokenSettings token,
        Endpoints endpoints,
        ChannelSettings channels,
        ClusterSettings cluster,
        RecordSettings records) {

    private static final Map<String, String> UNSEEN =
            Map.of(
                    "host", "127.0.0.1",
                    "port", "0",
                    "internal.port", "0",
                    "diagnostics", "true",
                    "warm-up", "0s");

    public Settings {
        if (internal.isPortOf(server)) {
            throw new IllegalArgumentException("internal.port must be different from port");
        }
        if (endpoints.needLogin() && token.isOpen()) {
            throw new IllegalArgumentException("a login needs keys of tokens");
        }
        if (!internal.mayListen()) {
            throw new IllegalArgumentException(
                    "internal.host must be a loopback address without an internal.api-key");
        }
    }

    /// The settings of the recording in the background.
    public JfrSettings jfr() {
        return records.jfr();
    }

    /// The settings of the log.
    public LogSettings log() {
        return records.log();
    }

    /// Bytes that all connections may hold together in a heap of this size, whatever their clients
    /// do: unfinished messages, whole ones that wait to be handled, windows of compression, what
    /// waits for clients and in the hub. Histories, which services fill, are not among them.
    public long heldWithin(long heapBytes) {
        long unfinished = limits.unfinishedWithin(heapBytes);
        long windows = endpoints.mayCompress() ? unfinished : 0;
        return 2 * unfinished + windows + limits.outboxWithin(heapBytes) + limits.hub().maxBytes();
    }

    /// The settings of a server that nobody has configured.
    public static Settings defaults() {
        return of(Values.defaults(new ArrayList<>()));
    }

    static Settings of(Values values) {
        return new Settings(
                ServerSettings.of(values),
                InternalSettings.of(values),
                NetSettings.of(values),
                ProxySettings.of(values),
                Limits.of(values),
                SendLimits.of(values),
                Deadlines.of(values),
                TokenSettings.of(values),
                Endpoints.of(values),
                ChannelSettings.of(values),
                ClusterSettings.of(values),
                RecordSettings.of(values));
    }

    /// The settings that a program chooses, and defaults for the rest. Neither files nor the
    /// environment are read.
    ///
    /// @param texts by the names of the settings, as in the configuration file: `Map.of("port",
    ///   "0", "limits.head-bytes", "4KiB")`; elements of lists have commas between
    /// @throws IllegalArgumentException if something is wrong with them; its message says all that
    ///   is
    public static Settings of(Map<String, String> texts) {
        List<String> faults = new ArrayList<>();
        Values chosen = new Values(faults);
        chosen.setAll(texts, "settings");
        Values values = Values.defaults(faults);
        values.putAll(chosen);
        if (faults.isEmpty()) {
            values.completeRoutes();
            values.applyProfile();
            new Contradictions(values).tell();
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", faults));
        }
        return of(values);
    }

    /// Refuses endpoints of a program's own that do not fit these settings.
    ///
    /// @throws IllegalArgumentException when a path would lead to two endpoints, or one of these
    ///   needs a login and there are no keys of tokens
    public void requireNoConflict(List<EndpointSettings> others) {
        endpoints.requireNoConflict(others);
        if (token.isOpen() && others.stream().anyMatch(EndpointSettings::login)) {
            throw new IllegalArgumentException("a login needs keys of tokens");
        }
    }

    /// The settings of a server that only its own process knows of: the defaults, on free ports of
    /// loopback, with every endpoint, without TLS.
    ///
    /// @param net what lies beneath its public port
    public static Settings unseen(NetSettings net) {
        Settings all = of(UNSEEN);
        return new Settings(
                all.server,
                all.internal,
                net.plain(),
                all.proxy,
                all.limits,
                all.sending,
                all.deadlines,
                all.token,
                all.endpoints,
                all.channels,
                all.cluster,
                all.records);
    }
}
