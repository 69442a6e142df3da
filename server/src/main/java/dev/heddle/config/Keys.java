package dev.heddle.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// The table of all settings, and the only place that knows their names, defaults and ranges. The
/// YAML file, the environment, the flags, `heddle config` and the records' own checks follow it.
///
/// A new setting is a line here and a component in its record.
public final class Keys {
    private static final List<Key<?>> TABLE = new ArrayList<>();

    static final Kind<Integer> SOME = Kind.count(1, 1_000_000);
    static final Kind<Long> BYTES = Kind.size(1, 1L << 30);
    private static final Kind<Integer> PORT_NUMBER = Kind.count(0, 65_535);
    private static final Kind<Integer> UNLIMITED = Kind.count(0, 100_000_000);
    private static final Kind<Duration> DEADLINE = Kind.span(false);
    private static final Kind<Duration> OR_OFF = Kind.span(true);
    private static final Duration MAX_LEEWAY = Duration.ofMinutes(5);

    public static final Key<String> HOST =
            key("host", Kind.host(), "0.0.0.0", "address of the public port");
    public static final Key<Integer> PORT =
            key("port", PORT_NUMBER, "8080", "public port; 0 takes any free one");
    public static final Key<Boolean> DIAGNOSTICS =
            key("diagnostics", Kind.choice(), "false", "whether /echo and /benchmark exist");
    public static final Key<Duration> WARM_UP =
            key(
                    "warm-up",
                    Kind.span(true),
                    "2s",
                    "rehearsal before the ports open, at most; 0s is none");
    public static final Key<List<String>> ALLOW_ORIGIN =
            key("allow-origin", OriginList.OR_ANY, "", "origins allowed besides the server's own");
    public static final Key<List<String>> ALLOW_HOST =
            key("allow-host", Kind.hosts(), "", "names clients may call the server by; or any");
    static final Key<Profile> PROFILE =
            key(
                    "profile",
                    Kind.word(Profile.class),
                    "heddle",
                    "whose defaults: heddle or gowebsocket");
    static final Key<Language> MESSAGES =
            key("messages", Kind.word(Language.class), "en", "language of codes: en or zh");
    static final Key<List<Integer>> ROOMS =
            key("rooms", Kind.numbers(1, Integer.MAX_VALUE), "101,102,103,104", "ids of all rooms");
    static final Key<UserSessions> USER_SESSIONS =
            key(
                    "user-sessions",
                    Kind.word(UserSessions.class),
                    "many",
                    "many per user, or takeover by the newest");
    public static final Key<String> INTERNAL_HOST =
            key("internal.host", Kind.host(), "127.0.0.1", "address of the internal port");
    public static final Key<Integer> INTERNAL_PORT =
            key("internal.port", PORT_NUMBER, "8081", "internal port; 0 takes any free one");

    static final Key<Secret> API_KEY =
            key(
                    "internal.api-key",
                    Kind.secret(),
                    "",
                    "what callers of the internal port must know");
    static final Key<List<String>> API_ALLOW_ORIGIN =
            key(
                    "internal.allow-origin",
                    OriginList.KIND,
                    "",
                    "origins whose pages may call the internal port");
    static final Key<Integer> API_CONNECTIONS =
            key("internal.connections", SOME, "256", "open connections on the internal port");
    static final Key<Long> API_BODY_BYTES =
            key("internal.body-bytes", Kind.size(1 << 10, 64 << 20), "256KiB", "one request body");
    static final Key<Integer> API_MESSAGE_IDS =
            key("internal.message-ids", SOME, "200000", "message ids remembered, for 12 h at most");

    static final Key<Long> HEAD_BYTES =
            key("limits.head-bytes", Kind.size(512, 16 << 10), "8KiB", "one HTTP request head");
    static final Key<Integer> HEADERS =
            key("limits.headers", SOME, "100", "header fields of one request head");
    static final Key<Integer> CONNECTIONS =
            key(
                    "limits.connections",
                    UNLIMITED,
                    "0",
                    "open connections on the public port; 0 is no limit");
    static final Key<Integer> CONNECTIONS_PER_ADDRESS =
            key(
                    "limits.connections-per-address",
                    UNLIMITED,
                    "0",
                    "open connections of one address; 0 is no limit");
    static final Key<Long> UNFINISHED_BYTES =
            key(
                    "limits.unfinished-bytes",
                    Kind.size(1, 1L << 40),
                    "64MiB",
                    "all unfinished messages together");
    static final Key<Integer> HUB_MESSAGES =
            key("limits.hub-messages", SOME, "1024", "publications waiting in the hub");
    static final Key<Long> HUB_BYTES =
            key("limits.hub-bytes", BYTES, "16MiB", "bytes of the publications waiting in the hub");
    static final Key<Integer> HANDSHAKES =
            key("limits.handshakes", SOME, "256", "opening handshakes waiting for the server");
    static final Key<Duration> RETRY_AFTER =
            key("limits.retry-after", DEADLINE, "30s", "longest Retry-After of those refused");
    static final Key<Integer> BACKLOG =
            key("limits.backlog", SOME, "4096", "connections waiting to be accepted");
    static final Key<Integer> CONTROL_FRAMES_PER_SECOND =
            key(
                    "paces.control-frames-per-second",
                    Paces.KIND,
                    "500",
                    "pings, pongs and Closes of one connection; 0 is no limit");
    static final Key<Integer> REQUESTS_PER_SECOND =
            key(
                    "paces.requests-per-second",
                    Paces.KIND,
                    "200",
                    "HTTP requests of one connection; 0 is no limit");

    static final Key<Integer> TRY_AGAIN_CODE =
            key(
                    "sending.try-again-code",
                    Kind.comeBackCode(),
                    "4013",
                    "close code of slow consumers, and of a full server");
    static final Key<Long> SENDING_FRAME_BYTES =
            key(
                    "sending.frame-bytes",
                    Kind.size(1 << 10, 1L << 30),
                    "64KiB",
                    "one frame to a client");
    static final Key<Long> PORTION_BYTES =
            key("sending.portion-bytes", BYTES, "64KiB", "publications of one reply in portions");
    static final Key<Long> SEND_BUFFER_BYTES =
            key(
                    "sending.buffer-bytes",
                    Kind.size(0, 1L << 30),
                    "128KiB",
                    "the kernel's buffer to a client; 0 is the kernel's choice");

    static final Key<Duration> HEAD =
            key("deadlines.head", DEADLINE, "10s", "accept until the request head is whole");
    static final Key<Duration> MESSAGE =
            key("deadlines.message", DEADLINE, "60s", "first fragment of a message until its last");
    static final Key<Duration> PING_INTERVAL =
            key("deadlines.ping-interval", OR_OFF, "30s", "silence until a ping; 0s is never");
    static final Key<Duration> PONG =
            key("deadlines.pong", DEADLINE, "10s", "ping until the peer shows life");
    static final Key<Duration> IDLE =
            key("deadlines.idle", OR_OFF, "0s", "last message until goodbye; 0s is never");
    static final Key<Duration> WRITE =
            key(
                    "deadlines.write",
                    DEADLINE,
                    "60s",
                    "until a client takes anything of what it is sent");
    static final Key<Duration> CLOSE =
            key("deadlines.close", DEADLINE, "5s", "our close frame until the peer's");
    static final Key<Duration> UNREADY =
            key("deadlines.unready", OR_OFF, "0s", "a signal until the door is shut");
    static final Key<Duration> DRAIN =
            key("deadlines.drain", DEADLINE, "10s", "graceful stop until the last connection");
    static final Key<Duration> SLOW_CONSUMER =
            key("deadlines.slow-consumer", DEADLINE, "500ms", "full outbox until goodbye");

    static final Key<Secret> TOKEN_SECRET =
            key("token.secret", TokenKinds.SECRET, "", "secret of HS256 tokens");
    static final Key<String> TOKEN_SECRET_FILE =
            key("token.secret-file", TokenKinds.FILE, "", "file with a secret of HS256 alone");
    static final Key<Secret> TOKEN_KEY =
            key("token.key", TokenKinds.KEYS, "", "keys of tokens as PEM, JWK or JWKS");
    static final Key<String> TOKEN_KEY_FILE =
            key(
                    "token.key-file",
                    TokenKinds.FILE,
                    "",
                    "file with keys of tokens, read every 5 minutes");
    static final Key<String> TOKEN_JWKS_URL =
            key("token.jwks-url", TokenKinds.URL, "", "where keys of tokens are fetched from");
    static final Key<List<String>> TOKEN_AUDIENCE =
            key("token.audience", TokenKinds.NAMES, "", "audiences, one in each token; or any");
    static final Key<String> TOKEN_ISSUER =
            key("token.issuer", TokenKinds.NAME, "", "issuer that a token must name; or any");
    static final Key<Duration> TOKEN_LEEWAY =
            key("token.leeway", Kind.spanUpTo(MAX_LEEWAY), "30s", "how far clocks may be apart");
    static final Key<Boolean> TOKEN_REQUIRE_EXPIRY =
            key("token.require-expiry", Kind.choice(), "true", "whether a token must expire");

    static final EndpointKeys WS =
            new EndpointKeys(
                    key("ws.frame-bytes", BYTES, "1MiB", "one frame to /ws"),
                    key("ws.message-bytes", BYTES, "1MiB", "one message to /ws"),
                    key("ws.fragments", SOME, "8192", "fragments of one message to /ws"),
                    key(
                            "ws.unfinished-bytes",
                            BYTES,
                            "2MiB",
                            "a client's unfinished message to /ws"),
                    key("ws.outbox-messages", SOME, "256", "messages waiting for a client of /ws"),
                    key("ws.outbox-bytes", BYTES, "1MiB", "bytes waiting for a client of /ws"));

    static final Key<Boolean> WS_ENABLED =
            key("ws.enabled", Kind.choice(), "true", "whether /ws exists");
    static final Key<Boolean> WS_LOGIN =
            key("ws.login", Kind.choice(), "false", "whether /ws needs a login token");
    static final Key<Integer> WS_MESSAGES_PER_SECOND =
            key(
                    "ws.messages-per-second",
                    UNLIMITED,
                    "1000",
                    "messages of one connection; 0 is no limit");
    static final Key<Long> WS_BYTES_PER_SECOND =
            key(
                    "ws.bytes-per-second",
                    Kind.size(0, 1L << 29),
                    "768KiB",
                    "bytes of one connection's messages; 0 is no limit");

    static final EndpointKeys ECHO =
            new EndpointKeys(
                    key("echo.frame-bytes", BYTES, "16MiB", "one frame to /echo"),
                    key("echo.message-bytes", BYTES, "16MiB", "one message to /echo"),
                    key("echo.fragments", SOME, "131072", "fragments of one message to /echo"),
                    key(
                            "echo.unfinished-bytes",
                            BYTES,
                            "32MiB",
                            "a client's unfinished message to /echo"),
                    key(
                            "echo.outbox-messages",
                            SOME,
                            "256",
                            "messages waiting for a client of /echo"),
                    key("echo.outbox-bytes", BYTES, "1MiB", "bytes waiting for a client of /echo"));

    static final EndpointKeys ACC =
            new EndpointKeys(
                    key("acc.frame-bytes", BYTES, "64KiB", "one frame to /acc"),
                    key("acc.message-bytes", BYTES, "64KiB", "one message to /acc"),
                    key("acc.fragments", SOME, "512", "fragments of one message to /acc"),
                    key(
                            "acc.unfinished-bytes",
                            BYTES,
                            "64KiB",
                            "a client's unfinished message to /acc"),
                    key(
                            "acc.outbox-messages",
                            SOME,
                            "256",
                            "messages waiting for a client of /acc"),
                    key("acc.outbox-bytes", BYTES, "1MiB", "bytes waiting for a client of /acc"));

    static final Key<Integer> COMMANDS_PER_SECOND =
            key(
                    "commands.per-second",
                    UNLIMITED,
                    "50",
                    "commands of one connection; 0 is no limit");
    static final Key<Integer> COMMAND_BURST =
            key("commands.burst", SOME, "100", "commands of one connection at once");
    static final Key<Long> COMMAND_BYTES_PER_SECOND =
            key(
                    "commands.bytes-per-second",
                    Kind.size(0, 1L << 30),
                    "64KiB",
                    "bytes of one connection's commands; 0 is no limit");
    static final Key<Long> COMMAND_BURST_BYTES =
            key(
                    "commands.burst-bytes",
                    BYTES,
                    "256KiB",
                    "bytes of one connection's commands at once");
    static final Key<Duration> COMMAND_PATIENCE =
            key(
                    "commands.patience",
                    DEADLINE,
                    "10s",
                    "how long a client that sends more is delayed, then closed");

    static final Key<Duration> LOGIN_DEADLINE =
            key(
                    "users.login-deadline",
                    OR_OFF,
                    "10s",
                    "how long a connection may have no login; 0s is no limit");
    static final Key<Duration> HEARTBEAT_DEADLINE =
            key("users.heartbeat-deadline", OR_OFF, "360s", "silence until goodbye; 0s is never");
    static final Key<Duration> ONLINE_WINDOW =
            key("users.online-window", DEADLINE, "180s", "silence until not counted as online");
    static final Key<Boolean> ANY_COMMAND_IS_LIFE =
            key(
                    "users.any-command-is-life",
                    Kind.choice(),
                    "true",
                    "whether any command shows life, or only login, heartbeat");
    static final Key<Integer> LOGINS_PER_MINUTE =
            key(
                    "users.logins-per-minute",
                    UNLIMITED,
                    "0",
                    "logins from one address; 0 is no limit");
    static final Key<Boolean> NO_ROOM =
            key(
                    "users.allows-no-room",
                    Kind.choice(),
                    "true",
                    "whether login works without a room");
    static final Key<Long> TEXT_BYTES =
            key("users.text-bytes", BYTES, "16KiB", "the text of one message to users");

    static final Key<List<ChannelRule>> CHANNEL_RULES =
            key("channels.rules", ChannelRule.KIND, "", "rules; the first that matches holds");
    static final Key<Long> HISTORY_BYTES =
            key(
                    "channels.history-bytes",
                    Kind.size(0, 1L << 40),
                    "64MiB",
                    "the histories of all channels");
    static final Key<Integer> SUBSCRIPTIONS =
            key("channels.subscriptions", SOME, "128", "channels of one connection");
    static final Key<Integer> PUBLICATION_IDS =
            key("channels.publication-ids", SOME, "200000", "publication ids, for 12 h at most");
    static final Key<Integer> GRACE_USERS =
            key("channels.grace-users", SOME, "20000", "users kept within a rule's grace");

    static final Key<Duration> RING =
            key("jfr.ring", OR_OFF, "5m", "how far back the recording goes; 0s is off");
    static final Key<Long> RING_BYTES =
            key(
                    "jfr.ring-bytes",
                    Kind.size(1 << 20, 1L << 30),
                    "16MiB",
                    "memory that the recording takes");
    static final Key<String> INCIDENT_FOLDER =
            key(
                    "jfr.folder",
                    TokenKinds.FILE,
                    "",
                    "folder where the recording is written on an incident");
    static final Key<Long> INCIDENT_BYTES =
            key(
                    "jfr.folder-bytes",
                    Kind.size(1 << 20, 1L << 40),
                    "256MiB",
                    "recordings kept in that folder");
    static final Key<Integer> INCIDENT_SLOW_CONSUMERS =
            key("jfr.slow-consumers", SOME, "20", "slow consumers closed within 10 s: an incident");
    static final Key<Boolean> PINNED_THREADS =
            key(
                    "jfr.pinned-threads",
                    Kind.choice(),
                    "false",
                    "count and log threads that are pinned");

    /// The settings of one endpoint, in the order of [EndpointLimits].
    record EndpointKeys(
            Key<Long> frameBytes,
            Key<Long> messageBytes,
            Key<Integer> fragments,
            Key<Long> unfinishedBytes,
            Key<Integer> outboxMessages,
            Key<Long> outboxBytes) {}

    private Keys() {}

    /// Every setting, in the order in which it is shown.
    static List<Key<?>> all() {
        return Collections.unmodifiableList(TABLE);
    }

    static Optional<Key<?>> find(String name) {
        return TABLE.stream().filter(key -> key.name().equals(name)).findFirst();
    }

    static Optional<Key<?>> findVariable(String variable) {
        return TABLE.stream().filter(key -> key.variable().equals(variable)).findFirst();
    }

    /// Whether the name is the first part of others, such as `limits`.
    static boolean isGroup(String name) {
        return TABLE.stream().anyMatch(key -> key.name().startsWith(name + '.'));
    }

    private static <T> Key<T> key(
            String name, Kind<T> kind, String defaultText, String description) {
        Key<T> key = new Key<>(name, kind, defaultText, description);
        TABLE.add(key);
        return key;
    }
}
