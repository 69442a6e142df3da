package dev.heddle.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// The table of all settings, and the only place that knows their names, defaults and ranges. The
/// YAML file, the environment, the flags, `heddle config` and the records' own checks follow it.
///
/// A new setting is a row here and a component in its record.
public final class SettingsTable {
    private static final List<Setting<?>> TABLE = new ArrayList<>();

    static final Kind<Integer> SOME = EndpointRows.SOME;
    static final Kind<Long> BYTES = EndpointRows.BYTES;

    private static final Kind<Integer> PORT_NUMBER = Kind.count(0, 65_535);
    private static final Kind<Integer> PACE = Kind.count(0, 1_000_000);
    private static final Kind<Integer> UNLIMITED = Kind.count(0, 100_000_000);
    private static final Kind<Duration> DEADLINE = Kind.span(false);
    private static final Kind<Duration> OR_OFF = Kind.span(true);
    private static final Duration MAX_LEEWAY = Duration.ofMinutes(5);

    public static final Setting<String> HOST =
            row("host", Kind.host(), "0.0.0.0", "address of the public port");
    public static final Setting<Integer> PORT =
            row("port", PORT_NUMBER, "8080", "public port; 0 takes any free one");
    public static final Setting<Boolean> DIAGNOSTICS =
            row("diagnostics", Kind.choice(), "false", "whether /echo and /benchmark exist");
    public static final Setting<Duration> WARM_UP =
            row(
                    "warm-up",
                    Kind.span(true),
                    "2s",
                    "rehearsal before the ports open, at most; 0s is none");
    public static final Setting<List<String>> ALLOW_ORIGIN =
            row("allow-origin", OriginList.OR_ANY, "", "origins allowed besides the server's own");
    public static final Setting<List<String>> ALLOW_HOST =
            row("allow-host", Kind.hosts(), "", "host names for clients; unset allows any");
    static final Setting<Profile> PROFILE =
            row(
                    "profile",
                    Kind.word(Profile.class),
                    "heddle",
                    "set of defaults: heddle or gowebsocket");
    static final Setting<Language> MESSAGES =
            row("messages", Kind.word(Language.class), "en", "language of reply texts: en or zh");
    static final Setting<List<Integer>> ROOMS =
            row("rooms", Kind.numbers(1, Integer.MAX_VALUE), "101,102,103,104", "ids of all rooms");
    static final Setting<UserSessions> USER_SESSIONS =
            row(
                    "user-sessions",
                    Kind.word(UserSessions.class),
                    "many",
                    "connections of a user: many, or takeover by the newest");
    public static final Setting<String> INTERNAL_HOST =
            row("internal.host", Kind.host(), "127.0.0.1", "address of the internal port");
    public static final Setting<Integer> INTERNAL_PORT =
            row("internal.port", PORT_NUMBER, "8081", "internal port; 0 takes any free one");

    static final Setting<List<Network>> PROXY_TRUSTED =
            row("proxy.trusted", Network.LIST, "", "networks of trusted proxies");
    static final Setting<ClientHeader> PROXY_HEADER =
            row(
                    "proxy.header",
                    Kind.word(ClientHeader.class),
                    "x-forwarded-for",
                    "header that names clients: x-forwarded-for or forwarded");
    static final Setting<Boolean> PROXY_PROTOCOL =
            row("proxy.protocol", Kind.choice(), "false", "whether proxies send a PROXY header");
    static final Setting<Duration> PROXY_DEADLINE =
            row("proxy.deadline", DEADLINE, "3s", "time from accept to a whole PROXY header");

    static final Setting<Secret> API_KEY =
            row(
                    "internal.api-key",
                    Kind.secret(),
                    "",
                    "key that callers of the internal port must send");
    static final Setting<List<String>> API_ALLOW_ORIGIN =
            row(
                    "internal.allow-origin",
                    OriginList.KIND,
                    "",
                    "origins whose pages may call the internal port");
    static final Setting<Integer> API_CONNECTIONS =
            row("internal.connections", SOME, "256", "open connections on the internal port");
    static final Setting<Long> API_BODY_BYTES =
            row("internal.body-bytes", Kind.size(1 << 10, 64 << 20), "256KiB", "one request body");
    static final Setting<Integer> API_MESSAGE_IDS =
            row("internal.message-ids", SOME, "200000", "message ids remembered, for 12 h at most");

    static final Setting<Long> HEAD_BYTES =
            row("limits.head-bytes", Kind.size(512, 16 << 10), "8KiB", "largest HTTP request head");
    static final Setting<Integer> HEADERS =
            row("limits.headers", SOME, "100", "most header fields of one request head");
    static final Setting<Integer> CONNECTIONS =
            row(
                    "limits.connections",
                    UNLIMITED,
                    "0",
                    "open connections on the public port; 0 is no limit");
    static final Setting<Integer> CONNECTIONS_PER_ADDRESS =
            row(
                    "limits.connections-per-address",
                    UNLIMITED,
                    "0",
                    "open connections of one address or IPv6 /64; 0 is no limit");
    static final Setting<Long> UNFINISHED_BYTES =
            row(
                    "limits.unfinished-bytes",
                    Kind.size(0, 1L << 40),
                    "0",
                    "all unfinished messages; 0 is a sixteenth of the heap");
    static final Setting<Long> OUTBOX_BYTES =
            row(
                    "limits.outbox-bytes",
                    Kind.size(0, 1L << 40),
                    "0",
                    "all outboxes together; 0 is an eighth of the heap");
    static final Setting<Integer> HUB_MESSAGES =
            row("limits.hub-messages", SOME, "1024", "publications waiting in the hub");
    static final Setting<Long> HUB_BYTES =
            row("limits.hub-bytes", BYTES, "16MiB", "bytes of the publications waiting in the hub");
    static final Setting<Integer> HANDSHAKES =
            row("limits.handshakes", SOME, "256", "opening handshakes waiting for the server");
    static final Setting<Duration> RETRY_AFTER =
            row("limits.retry-after", DEADLINE, "30s", "longest Retry-After of a refusal");
    static final Setting<Integer> BACKLOG =
            row("limits.backlog", SOME, "4096", "connections waiting to be accepted");
    static final Setting<Integer> CONTROL_FRAMES_PER_SECOND =
            row(
                    "paces.control-frames-per-second",
                    PACE,
                    "500",
                    "pings, pongs and Closes of one connection; 0 is no limit");
    static final Setting<Integer> REQUESTS_PER_SECOND =
            row(
                    "paces.requests-per-second",
                    PACE,
                    "200",
                    "HTTP requests of one connection; 0 is no limit");

    static final TlsRows TLS = rows(TlsRows.PUBLIC);
    static final TlsRows INTERNAL_TLS = rows(TlsRows.INTERNAL);

    static final Setting<SocketKind> NET_TRANSPORT =
            row(
                    "net.transport",
                    Kind.word(SocketKind.class),
                    "auto",
                    "sockets of the public port: auto (Heddle's own), or jdk");
    static final Setting<Boolean> DEFERRED_ACCEPT =
            row(
                    "net.deferred-accept",
                    Kind.choice(),
                    "true",
                    "whether accept waits until the client sends something");

    static final Setting<Integer> TRY_AGAIN_CODE =
            row(
                    "sending.try-again-code",
                    Kind.comeBackCode(),
                    "4013",
                    "close code of slow consumers, and of a full server");
    static final Setting<Long> SENDING_FRAME_BYTES =
            row(
                    "sending.frame-bytes",
                    Kind.size(1 << 10, 1L << 30),
                    "64KiB",
                    "largest frame to a client");
    static final Setting<Long> PORTION_BYTES =
            row("sending.portion-bytes", BYTES, "64KiB", "most bytes of one portion of a reply");
    static final Setting<Long> SEND_BUFFER_BYTES =
            row(
                    "sending.buffer-bytes",
                    Kind.size(0, 1L << 30),
                    "128KiB",
                    "the kernel's buffer to a client; 0 is the kernel's choice");

    static final Setting<Integer> DEFLATE_LEVEL =
            row("sending.deflate-level", Kind.count(1, 9), "6", "1 compresses fastest, 9 most");
    static final Setting<Long> DEFLATE_BYTES =
            row("sending.deflate-bytes", BYTES, "256", "shorter messages are not compressed");

    static final Setting<Duration> HEAD =
            row("deadlines.head", DEADLINE, "10s", "time for a whole request head, from accept");
    static final Setting<Duration> MESSAGE =
            row("deadlines.message", DEADLINE, "60s", "a message's first fragment to its last");
    static final Setting<Duration> PING_INTERVAL =
            row("deadlines.ping-interval", OR_OFF, "30s", "silence until a ping; 0s is never");
    static final Setting<Duration> PONG =
            row("deadlines.pong", DEADLINE, "10s", "time to answer a ping");
    static final Setting<Duration> IDLE =
            row("deadlines.idle", OR_OFF, "0s", "no message until Close 1001; 0s is never");
    static final Setting<Duration> WRITE =
            row(
                    "deadlines.write",
                    DEADLINE,
                    "60s",
                    "time for a client to take anything of a write");
    static final Setting<Duration> CLOSE =
            row("deadlines.close", DEADLINE, "5s", "time for the peer to answer our Close frame");
    static final Setting<Duration> UNREADY =
            row("deadlines.unready", OR_OFF, "0s", "time to accept clients after a stop signal");
    static final Setting<Duration> DRAIN_SPREAD =
            row("deadlines.drain-spread", OR_OFF, "0s", "time to close all clients at a stop");
    static final Setting<Duration> DRAIN =
            row("deadlines.drain", DEADLINE, "10s", "longest graceful stop");
    static final Setting<Duration> SLOW_CONSUMER =
            row("deadlines.slow-consumer", DEADLINE, "500ms", "full outbox until Close 4013");
    static final Setting<Duration> CONNECTION_AGE =
            row("deadlines.connection-age", OR_OFF, "0s", "age until Close 1001; 0s is never");

    static final Setting<Secret> TOKEN_SECRET =
            row("token.secret", TokenKinds.SECRET, "", "secret of HS256 tokens");
    static final Setting<String> TOKEN_SECRET_FILE =
            row("token.secret-file", TokenKinds.FILE, "", "file with the secret of HS256 tokens");
    static final Setting<Secret> TOKEN_KEY =
            row("token.key", TokenKinds.KEYS, "", "keys of tokens as PEM, JWK or JWKS");
    static final Setting<String> TOKEN_KEY_FILE =
            row(
                    "token.key-file",
                    TokenKinds.FILE,
                    "",
                    "file with keys of tokens, read every 5 minutes");
    static final Setting<String> TOKEN_JWKS_URL =
            row("token.jwks-url", TokenKinds.URL, "", "URL of the keys of tokens");
    static final Setting<List<String>> TOKEN_AUDIENCE =
            row("token.audience", TokenKinds.NAMES, "", "accepted audiences; unset accepts any");
    static final Setting<String> TOKEN_ISSUER =
            row("token.issuer", TokenKinds.NAME, "", "issuer of all tokens; unset accepts any");
    static final Setting<Duration> TOKEN_LEEWAY =
            row("token.leeway", Kind.spanUpTo(MAX_LEEWAY), "30s", "tolerated clock difference");
    static final Setting<Boolean> TOKEN_REQUIRE_EXPIRY =
            row("token.require-expiry", Kind.choice(), "true", "whether a token must expire");

    static final EndpointRows WS = rows(EndpointRows.WS);

    static final Setting<Boolean> WS_ENABLED =
            row("ws.enabled", Kind.choice(), "true", "whether /ws exists");
    static final Setting<Boolean> WS_LOGIN =
            row("ws.login", Kind.choice(), "false", "whether /ws needs a login token");
    static final Setting<Integer> WS_MESSAGES_PER_SECOND =
            row(
                    "ws.messages-per-second",
                    UNLIMITED,
                    "1000",
                    "messages of one connection; 0 is no limit");
    static final Setting<Long> WS_BYTES_PER_SECOND =
            row(
                    "ws.bytes-per-second",
                    Kind.size(0, 1L << 29),
                    "768KiB",
                    "bytes of one connection's messages; 0 is no limit");

    static final EndpointRows ECHO = rows(EndpointRows.ECHO);
    static final EndpointRows ACC = rows(EndpointRows.ACC);

    static final Setting<Integer> COMMANDS_PER_SECOND =
            row(
                    "commands.per-second",
                    UNLIMITED,
                    "50",
                    "commands of one connection; 0 is no limit");
    static final Setting<Integer> COMMAND_BURST =
            row("commands.burst", SOME, "100", "commands of one connection at once");
    static final Setting<Long> COMMAND_BYTES_PER_SECOND =
            row(
                    "commands.bytes-per-second",
                    Kind.size(0, 1L << 30),
                    "64KiB",
                    "bytes of one connection's commands; 0 is no limit");
    static final Setting<Long> COMMAND_BURST_BYTES =
            row(
                    "commands.burst-bytes",
                    BYTES,
                    "256KiB",
                    "bytes of one connection's commands at once");
    static final Setting<Duration> COMMAND_PATIENCE =
            row(
                    "commands.patience",
                    DEADLINE,
                    "10s",
                    "delay of a client over its rates, until Close 4008");

    static final Setting<Duration> LOGIN_DEADLINE =
            row(
                    "users.login-deadline",
                    OR_OFF,
                    "10s",
                    "time for a connection to log in; 0s is no limit");
    static final Setting<Duration> HEARTBEAT_DEADLINE =
            row("users.heartbeat-deadline", OR_OFF, "360s", "silence until closed; 0s is never");
    static final Setting<Duration> ONLINE_WINDOW =
            row("users.online-window", DEADLINE, "180s", "silence until a user counts as offline");
    static final Setting<Boolean> ANY_COMMAND_IS_LIFE =
            row(
                    "users.any-command-is-life",
                    Kind.choice(),
                    "true",
                    "whether every command counts as a heartbeat");
    static final Setting<Integer> LOGINS_PER_MINUTE =
            row(
                    "users.logins-per-minute",
                    UNLIMITED,
                    "0",
                    "logins from one address or IPv6 /64; 0 is no limit");
    static final Setting<Boolean> NO_ROOM =
            row(
                    "users.allows-no-room",
                    Kind.choice(),
                    "true",
                    "whether login works without a room");
    static final Setting<Integer> ANNOUNCED =
            row("users.announced", UNLIMITED, "0", "largest room with enter and exit; 0 is any");
    static final Setting<Long> TEXT_BYTES =
            row("users.text-bytes", BYTES, "16KiB", "largest text of a message to users");

    static final ClusterRows CLUSTER = rows(ClusterRows.ALL);

    static final Setting<List<ChannelRule>> CHANNEL_RULES =
            row("channels.rules", ChannelRule.KIND, "", "rules; the first match holds");
    static final Setting<Long> HISTORY_BYTES =
            row(
                    "channels.history-bytes",
                    Kind.size(0, 1L << 40),
                    "64MiB",
                    "size of all histories together");
    static final Setting<Integer> SUBSCRIPTIONS =
            row("channels.subscriptions", SOME, "128", "most channels of one connection");
    static final Setting<Integer> PUBLICATION_IDS =
            row("channels.publication-ids", SOME, "200000", "publication ids, for 12 h at most");
    static final Setting<Integer> GRACE_USERS =
            row("channels.grace-users", SOME, "20000", "users kept within a rule's grace");

    static final RecordRows RECORDS = rows(RecordRows.ALL);

    /// The rows of all endpoints.
    static final List<EndpointRows> ENDPOINTS = List.of(WS, ECHO, ACC);

    private SettingsTable() {}

    /// Every setting, in the order in which it is shown.
    static List<Setting<?>> all() {
        return Collections.unmodifiableList(TABLE);
    }

    private static <R extends RowGroup> R rows(R rows) {
        TABLE.addAll(rows.all());
        return rows;
    }

    private static <T> Setting<T> row(
            String name, Kind<T> kind, String defaultText, String description) {
        Setting<T> setting = new Setting<>(name, kind, defaultText, description);
        TABLE.add(setting);
        return setting;
    }
}
