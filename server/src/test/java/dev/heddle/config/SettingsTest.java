package dev.heddle.config;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class SettingsTest {
    private static final int MIB = 1 << 20;
    private static final Limits LIMITS =
            new Limits(
                    new Limits.HeadBounds(8192, 100),
                    new Limits.ConnectionBounds(0, 0, 256, 4096, Duration.ofSeconds(30)),
                    new Limits.HubBounds(1024, 16 * MIB),
                    0,
                    0,
                    new Paces(500, 200));
    private static final TokenSettings NO_TOKENS =
            new TokenSettings(
                    new TokenSettings.KeyPlace(Secret.NONE, "", Secret.NONE, "", ""),
                    List.of(),
                    "",
                    Duration.ofSeconds(30),
                    true);
    private static final EndpointLimits ENDPOINT =
            new EndpointLimits(MIB, MIB, 8192, 2 * MIB, 256, MIB);

    @Test
    void defaultsAreThoseOfTheTable() {
        Deadlines deadlines =
                new Deadlines(
                        new Deadlines.Receiving(
                                Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ZERO),
                        new Deadlines.Liveness(Duration.ofSeconds(30), Duration.ofSeconds(10)),
                        new Deadlines.Sending(Duration.ofSeconds(60), Duration.ofMillis(500)),
                        Duration.ofSeconds(5),
                        new Deadlines.Stopping(
                                Duration.ZERO, Duration.ZERO, Duration.ofSeconds(10)),
                        Duration.ZERO);
        EndpointLimits echo = new EndpointLimits(16 * MIB, 16 * MIB, 131_072, 32 * MIB, 256, MIB);
        EndpointLimits acc = new EndpointLimits(64 << 10, 64 << 10, 512, 64 << 10, 256, MIB);
        Settings expected =
                new Settings(
                        new ServerSettings(
                                "0.0.0.0",
                                8080,
                                List.of(),
                                List.of(),
                                Profile.HEDDLE,
                                Duration.ofSeconds(2)),
                        new InternalSettings(
                                "127.0.0.1",
                                8081,
                                TlsSettings.OFF,
                                new ApiSettings(Secret.NONE, List.of(), 256, 256 << 10, 200_000)),
                        new NetSettings(SocketKind.AUTO, true),
                        new ProxySettings(
                                List.of(),
                                ClientHeader.X_FORWARDED_FOR,
                                false,
                                Duration.ofSeconds(3)),
                        LIMITS,
                        new SendLimits(4013, 64 << 10, 64 << 10, 128 << 10, 6, 256),
                        deadlines,
                        NO_TOKENS,
                        new Endpoints(
                                new EndpointSettings(
                                        true,
                                        List.of("/ws"),
                                        ENDPOINT,
                                        new MessageRates(1000, 768 << 10),
                                        false,
                                        Negotiable.NOTHING),
                                new AccSettings(
                                        new EndpointSettings(
                                                true,
                                                List.of("/acc"),
                                                acc,
                                                MessageRates.UNLIMITED,
                                                false,
                                                Negotiable.NOTHING),
                                        new CommandRates(
                                                50,
                                                100,
                                                64 << 10,
                                                256 << 10,
                                                Duration.ofSeconds(10)),
                                        new UserSettings(
                                                Duration.ofSeconds(10),
                                                Duration.ofSeconds(360),
                                                Duration.ofSeconds(180),
                                                true,
                                                0,
                                                true,
                                                0,
                                                16 << 10),
                                        new RoomSettings(
                                                List.of(101, 102, 103, 104), UserSessions.MANY),
                                        Language.EN),
                                new EndpointSettings(
                                        false,
                                        List.of("/echo"),
                                        echo,
                                        MessageRates.UNLIMITED,
                                        false,
                                        Negotiable.NOTHING)),
                        new ChannelSettings(
                                ChannelRule.withDefaults(List.of()),
                                64L * MIB,
                                128,
                                200_000,
                                20_000),
                        new ClusterSettings(
                                "",
                                Duration.ofSeconds(10),
                                false,
                                false,
                                new RedisSettings(
                                        "",
                                        Secret.NONE,
                                        "heddle",
                                        16,
                                        Duration.ofSeconds(2),
                                        true)),
                        new RecordSettings(
                                new JfrSettings(
                                        Duration.ofMinutes(5),
                                        16L * MIB,
                                        "",
                                        256L * MIB,
                                        20,
                                        false),
                                new LogSettings(LogLevel.INFO, false)));
        assertEquals(expected, Settings.defaults());
    }

    /// As Go's gorilla/websocket sends it with a write buffer of that size, and then an empty
    /// frame.
    @Test
    void fragmentsOfAThousandBytesCarryAWholeMessageToEveryEndpoint() {
        Endpoints defaults = Settings.defaults().endpoints();
        for (EndpointSettings endpoint :
                List.of(defaults.ws(), defaults.echo(), defaults.acc().endpoint())) {
            EndpointLimits limits = endpoint.limits();
            int needed = limits.maxMessageBytes() / 1000 + 2;
            assertTrue(limits.maxFragments() >= needed, limits::toString);
        }
    }

    @Test
    void aRecordRefusesWhatTheTableDoesNotTake() {
        assertRefused("limits.head-bytes cannot be \"511\"", () -> limits(511, 1, 0));
        assertRefused("limits.backlog cannot be \"0\"", () -> limits(512, 0, 0));
        assertRefused("paces.requests-per-second cannot be \"-1\"", () -> limits(512, 1, -1));
        assertRefused("fragments cannot be \"0\"", () -> new EndpointLimits(1, 1, 0, 1, 1, 1));
        assertRefused("port cannot be \"-1\"", () -> listening("::", -1, "::1", 0));
        assertRefused(
                "internal.host must be a loopback address without an internal.api-key",
                () -> listening("::", 0, "0.0.0.0", 0));
    }

    @Test
    void aDeadlineOfNothingIsRefusedUnlessItMeansOff() {
        Duration second = Duration.ofSeconds(1);
        assertDoesNotThrow(() -> deadlines(second, Duration.ZERO));
        assertRefused("deadlines.head cannot be", () -> deadlines(Duration.ZERO, second));
        assertRefused("deadlines.idle cannot be", () -> deadlines(second, Duration.ofSeconds(-1)));
        assertRefused("deadlines.idle cannot be", () -> deadlines(second, Duration.ofNanos(1)));
        assertRefused("deadlines.idle cannot be", () -> deadlines(second, Duration.ofDays(2)));
    }

    @Test
    void aMessageMustFitIntoWhatAConnectionMayHold() {
        assertDoesNotThrow(() -> new EndpointLimits(10, 10, 1, 10, 1, 1));
        assertRefused(
                "message-bytes must not exceed unfinished-bytes",
                () -> new EndpointLimits(11, 11, 1, 10, 1, 1));
    }

    @Test
    void aMessageMustFitIntoTheFramesThatItMayHave() {
        assertDoesNotThrow(() -> new EndpointLimits(5, 10, 2, 10, 1, 1));
        assertRefused(
                "message-bytes must not exceed fragments of frame-bytes",
                () -> new EndpointLimits(5, 11, 2, 11, 1, 1));
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, 9000, 127.0.0.1, 9000, true",
        "::, 9000, ::1, 9000, true",
        "127.0.0.1, 9000, 127.0.0.1, 9000, true",
        "127.0.0.2, 9000, 127.0.0.1, 9000, false",
        "0.0.0.0, 9000, 127.0.0.1, 9001, false",
        "0.0.0.0, 0, 127.0.0.1, 0, false",
    })
    void bothPortsCannotBeOne(
            String host, int port, String internalHost, int internalPort, boolean isRefused) {
        Executable construction = () -> listening(host, port, internalHost, internalPort);
        if (isRefused) {
            assertRefused("internal.port must be different from port", construction);
        } else {
            assertDoesNotThrow(construction);
        }
    }

    @Test
    void aLoginForTheHubNeedsKeysOfTokens() {
        Endpoints usual = Settings.defaults().endpoints();
        EndpointSettings ws = usual.ws().withLogin(true);
        assertRefused(
                "a login needs keys of tokens",
                () ->
                        settings(
                                server("::", 0, List.of()),
                                Settings.defaults().internal(),
                                new Endpoints(ws, usual.acc(), usual.echo())));
    }

    @Test
    void aSubprotocolThatMustBeOfferedNeedsAName() {
        assertDoesNotThrow(() -> Subprotocols.mandatory("chat", "a.b+c~1"));
        assertRefused("require-subprotocol needs subprotocols", () -> Subprotocols.mandatory());
        for (String name : List.of("", "a b", "a,b", "caf\u00e9", "a;b", "x".repeat(129))) {
            assertRefused("subprotocols cannot be", () -> Subprotocols.optional(name));
        }
        assertRefused("subprotocols cannot be", () -> Subprotocols.optional("a", "a"));
        assertEquals(List.of("a", "A"), Subprotocols.optional("a", "A").names());
    }

    @Test
    void noTwoEndpointsHaveAPathInCommon() {
        Endpoints usual = Settings.defaults().endpoints();
        EndpointSettings echo =
                new EndpointSettings(
                        true,
                        List.of("/echo", "/ws"),
                        ENDPOINT,
                        MessageRates.UNLIMITED,
                        false,
                        Negotiable.NOTHING);
        assertRefused(
                "two endpoints have the path /ws",
                () -> new Endpoints(usual.ws(), usual.acc(), echo));
        assertDoesNotThrow(() -> new Endpoints(usual.ws(), usual.acc(), echo.withEnabled(false)));
    }

    @Test
    void theListOfOriginsCannotBeChangedFromOutside() {
        List<String> origins = new ArrayList<>(List.of("https://a.example"));
        ServerSettings server = server("::", 0, origins);
        origins.clear();
        assertEquals(List.of("https://a.example"), server.allowOrigins());
    }

    private static Settings listening(
            String host, int port, String internalHost, int internalPort) {
        return settings(
                server(host, port, List.of()),
                new InternalSettings(
                        internalHost,
                        internalPort,
                        TlsSettings.OFF,
                        Settings.defaults().internal().api()),
                Settings.defaults().endpoints());
    }

    private static ServerSettings server(String host, int port, List<String> origins) {
        return new ServerSettings(host, port, origins, List.of(), Profile.HEDDLE, Duration.ZERO);
    }

    private static Settings settings(
            ServerSettings server, InternalSettings internal, Endpoints endpoints) {
        Settings usual = Settings.defaults();
        return new Settings(
                server,
                internal,
                usual.net(),
                usual.proxy(),
                LIMITS,
                usual.sending(),
                usual.deadlines(),
                NO_TOKENS,
                endpoints,
                usual.channels(),
                usual.cluster(),
                usual.records());
    }

    private static Deadlines deadlines(Duration head, Duration idle) {
        Duration other = Duration.ofSeconds(1);
        return new Deadlines(
                new Deadlines.Receiving(head, other, idle),
                new Deadlines.Liveness(other, other),
                new Deadlines.Sending(other, other),
                other,
                new Deadlines.Stopping(other, other, other),
                other);
    }

    private static void assertRefused(String start, Executable construction) {
        String message =
                String.valueOf(
                        assertThrows(IllegalArgumentException.class, construction).getMessage());
        assertTrue(message.startsWith(start), message);
    }

    private static Limits limits(int headBytes, int backlog, int requests) {
        Duration retry = Duration.ofSeconds(30);
        Paces paces = new Paces(0, requests);
        return new Limits(
                new Limits.HeadBounds(headBytes, 100),
                new Limits.ConnectionBounds(0, 0, 1, backlog, retry),
                new Limits.HubBounds(1, 1),
                1,
                0,
                paces);
    }
}
