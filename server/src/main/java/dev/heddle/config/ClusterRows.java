package dev.heddle.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The rows of the [SettingsTable] about many nodes.
record ClusterRows(
        Setting<String> uri,
        Setting<Secret> password,
        Setting<String> namespace,
        Setting<Integer> connections,
        Setting<Duration> timeout,
        Setting<Boolean> required)
        implements RowGroup {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final String NAME_IN_WORDS =
            "1 to 64 letters, digits, dots, hyphens and underscores";

    static final Setting<String> NODE =
            new Setting<>(
                    "cluster.node",
                    new Kind<>(
                            Optional::of,
                            text -> text.isEmpty() || NAME.matcher(text).matches(),
                            _ -> NAME_IN_WORDS,
                            Kind.Form.PLAIN),
                    "",
                    "name of this node; random if unset");

    static final Setting<Duration> LEASE =
            new Setting<>(
                    "cluster.lease",
                    new Kind<>(
                            text -> Units.OF_TIME.parse(text).map(Duration::ofMillis),
                            lease -> lease.toMillis() >= 500 && lease.toMinutes() <= 10,
                            _ -> "a duration in ms, s or m, from 500ms to 10m",
                            Kind.Form.PLAIN),
                    "10s",
                    "silence of a node until others take its users out");

    static final Setting<Boolean> DURABLE =
            new Setting<>(
                    "cluster.durable",
                    Kind.choice(),
                    "false",
                    "whether Redis keeps everything that it acknowledges");

    static final Setting<Boolean> WS =
            new Setting<>(
                    "cluster.ws",
                    Kind.choice(),
                    "false",
                    "whether messages to /ws reach all nodes");

    private static final Kind<String> URI_KIND =
            new Kind<>(
                    Optional::of,
                    text -> text.isEmpty() || RedisAddress.parse(text).isPresent(),
                    _ ->
                            "redis://host:port/database, rediss:// for TLS, or"
                                    + " redis-sentinel://host:port,host:port/database#name with"
                                    + " the primary's name; a user before the host if need be,"
                                    + " and no password, which is cluster.redis.password",
                    Kind.Form.PLAIN);

    static final ClusterRows ALL =
            new ClusterRows(
                    new Setting<>(
                            "cluster.redis.uri",
                            URI_KIND,
                            "",
                            "the Redis that all nodes share; or none"),
                    new Setting<>(
                            "cluster.redis.password",
                            TokenKinds.PASSWORD,
                            "",
                            "password of that Redis"),
                    new Setting<>(
                            "cluster.redis.namespace",
                            new Kind<>(
                                    Optional::of,
                                    NAME.asMatchPredicate(),
                                    _ -> NAME_IN_WORDS,
                                    Kind.Form.PLAIN),
                            "heddle",
                            "prefix of all names in Redis"),
                    new Setting<>(
                            "cluster.redis.connections",
                            Kind.count(1, 1_000),
                            "16",
                            "questions to Redis at once"),
                    new Setting<>(
                            "cluster.redis.timeout",
                            Kind.span(false),
                            "2s",
                            "longest wait for an answer of Redis"),
                    new Setting<>(
                            "cluster.redis.required",
                            Kind.choice(),
                            "true",
                            "whether a node without Redis is unready"));

    @Override
    public List<Setting<?>> all() {
        return List.of(
                NODE, LEASE, DURABLE, WS, uri, password, namespace, connections, timeout, required);
    }
}
