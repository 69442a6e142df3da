package dev.heddle.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.acc.AccContext;
import dev.heddle.acc.AccEndpoint;
import dev.heddle.acc.wire.Reply;
import dev.heddle.channel.Channels;
import dev.heddle.config.Deadlines;
import dev.heddle.config.Language;
import dev.heddle.config.RoomSettings;
import dev.heddle.config.Settings;
import dev.heddle.config.UserSessions;
import dev.heddle.config.UserSettings;
import dev.heddle.frame.CloseCode;
import dev.heddle.hub.Hub;
import dev.heddle.support.Patience;
import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;
import dev.heddle.support.Soon;
import dev.heddle.support.TestChannels;
import dev.heddle.telemetry.Counters;
import dev.heddle.user.ConnectionNames;
import dev.heddle.user.LoginCheck;
import dev.heddle.user.LoginCheck.Decision;
import dev.heddle.user.OpenConnections;
import dev.heddle.user.Rooms;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/// The deadlines of `/acc` over a real socket, on a clock that the test turns by hand.
class AccDeadlinesTest {
    private static final int LOGIN = 12_000;
    private static final int HEARTBEAT = 45_000;
    private static final int ONLINE = 30_000;
    private static final int TOKEN = 25_000;

    private final Counters counters = new Counters();
    private final Channels channels = TestChannels.of(() -> new Hub(64, 100_000, counters));
    private final Rooms rooms =
            new Rooms(new RoomSettings(List.of(1), UserSessions.MANY), 0, channels);

    private HandTurnedServer server = serve(LoginCheck.OPEN, true, LOGIN);

    private HandTurnedServer serve(LoginCheck check, boolean anyCommandIsLife, int login) {
        UserSettings users =
                new UserSettings(
                        Duration.ofMillis(login),
                        Duration.ofMillis(HEARTBEAT),
                        Duration.ofMillis(ONLINE),
                        anyCommandIsLife,
                        0,
                        true,
                        0,
                        1000);
        AccContext context =
                new AccContext(
                        rooms,
                        channels,
                        new OpenConnections(ConnectionNames.random()),
                        check,
                        users,
                        Settings.defaults().endpoints().acc().commands(),
                        Reply.ok(),
                        Language.EN,
                        () -> Instant.ofEpochMilli(server.wheel.nowMillis()),
                        counters);
        try {
            return new HandTurnedServer(
                    new AccEndpoint(context, _ -> Optional.empty()), withoutPings());
        } catch (IOException unbound) {
            throw new AssertionError(unbound);
        }
    }

    private static Deadlines withoutPings() {
        Deadlines usual = Settings.defaults().deadlines();
        return new Deadlines(
                usual.receiving(),
                new Deadlines.Liveness(Duration.ZERO, usual.liveness().pong()),
                usual.sending(),
                usual.close(),
                usual.stopping(),
                usual.connectionAge());
    }

    private void serveInstead(LoginCheck check, boolean anyCommandIsLife, int login)
            throws IOException {
        server.close();
        server = serve(check, anyCommandIsLife, login);
    }

    @BeforeEach
    void start() {
        channels.start();
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        server.close();
        server.awaitNothingLeft();
        channels.stop();
        assertEquals(0, counters.bugs.sum() + server.counters.bugs.sum());
        assertEquals(List.of(), rooms.users(1));
    }

    private RawClient open() throws IOException {
        return RawClient.open(server.port(), "/").readWithin(Patience.BOUND);
    }

    private static void ask(RawClient client, String cmd, String data) throws IOException {
        client.send(RawFrame.text("{\"cmd\":\"" + cmd + "\",\"data\":" + data + "}"));
        RawFrame answer = client.readFrame();
        assertTrue(answer.text().contains("\"code\":200"), answer.text());
    }

    private RawClient loggedIn() throws IOException {
        RawClient client = open();
        ask(client, "login", "{\"appID\":1,\"userID\":\"anna\"}");
        return client;
    }

    /// Reads the Close frame with this code, answers it, and reads the end.
    private static Callable<Integer> close(RawClient client, int code) {
        return () -> {
            RawFrame frame = client.readFrame();
            assertEquals(RawFrame.CLOSE, frame.opcode());
            assertEquals(code, frame.closeCode());
            client.send(RawFrame.close(code, ""));
            client.expectEnd();
            return code;
        };
    }

    @Test
    void whoDoesNotLogInIsToldSo() throws Exception {
        try (RawClient client = open()) {
            server.after(LOGIN, close(client, CloseCode.LOGIN_MISSED));
        }
    }

    @Test
    void aShortDeadlineIsAsExact() throws Exception {
        serveInstead(LoginCheck.OPEN, true, 700);
        try (RawClient client = open()) {
            server.after(700, close(client, CloseCode.LOGIN_MISSED));
        }
    }

    @Test
    void pingsDoNotReplaceTheLogin() throws Exception {
        try (RawClient client = open()) {
            server.advance(LOGIN / 2);
            ask(client, "ping", "{}");
            server.after(LOGIN / 2, close(client, CloseCode.LOGIN_MISSED));
        }
    }

    @Test
    void whoLogsOutHasToLogInAgain() throws Exception {
        try (RawClient client = loggedIn()) {
            server.advance(2 * LOGIN);
            ask(client, "logout", "{}");
            server.after(LOGIN, close(client, CloseCode.LOGIN_MISSED));
        }
    }

    @Test
    void whoShowsNoLifeIsOfflineAndThenEnded() throws Exception {
        try (RawClient client = loggedIn()) {
            server.advance(ONLINE - 200);
            assertTrue(rooms.isOnline(1, "anna"));
            server.advance(400);
            assertFalse(rooms.isOnline(1, "anna"));
            assertEquals(List.of("anna"), rooms.users(1));
            server.after(HEARTBEAT - ONLINE - 200, close(client, CloseCode.HEARTBEAT_MISSED));
            Soon.until(() -> rooms.users(1).isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"heartbeat", "ping", "members"})
    void anyCommandIsLife(String cmd) throws Exception {
        try (RawClient client = loggedIn()) {
            server.advance(ONLINE + 5000);
            assertFalse(rooms.isOnline(1, "anna"));
            ask(client, cmd, "{}");
            assertTrue(rooms.isOnline(1, "anna"));
            server.after(HEARTBEAT, close(client, CloseCode.HEARTBEAT_MISSED));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {RawFrame.PING, RawFrame.PONG})
    void aSilentSubscriberLivesByItsControlFrames(int opcode) throws Exception {
        try (RawClient client = loggedIn()) {
            for (int passed = 0; passed < 2 * HEARTBEAT; passed += HEARTBEAT / 2) {
                server.advance(HEARTBEAT / 2);
                control(client, opcode);
            }
            ask(client, "heartbeat", "{}");
            assertEquals(List.of("anna"), rooms.users(1));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {RawFrame.PING, RawFrame.PONG})
    void controlFramesAreNoLifeWhereOnlyTheHeartbeatIs(int opcode) throws Exception {
        serveInstead(LoginCheck.OPEN, false, LOGIN);
        try (RawClient client = loggedIn()) {
            server.advance(HEARTBEAT / 2);
            control(client, opcode);
            server.after(HEARTBEAT - HEARTBEAT / 2, close(client, CloseCode.HEARTBEAT_MISSED));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {RawFrame.PING, RawFrame.PONG})
    void controlFramesDoNotReplaceTheLogin(int opcode) throws Exception {
        try (RawClient client = open()) {
            server.advance(LOGIN / 2);
            control(client, opcode);
            server.after(LOGIN / 2, close(client, CloseCode.LOGIN_MISSED));
        }
    }

    /// Sends a control frame, and reads the answer to a ping.
    private static void control(RawClient client, int opcode) throws IOException {
        client.send(RawFrame.of(opcode));
        if (opcode == RawFrame.PING) {
            assertEquals(RawFrame.PONG, client.readFrame().opcode());
        }
    }

    @Test
    void orOnlyTheHeartbeatIs() throws Exception {
        serveInstead(LoginCheck.OPEN, false, LOGIN);
        try (RawClient client = loggedIn()) {
            server.advance(20_000);
            ask(client, "heartbeat", "{}");
            server.advance(20_000);
            ask(client, "ping", "{}");
            server.after(HEARTBEAT - 20_000, close(client, CloseCode.HEARTBEAT_MISSED));
        }
    }

    @Test
    void aLoginEndsWithItsToken() throws Exception {
        serveInstead(
                (_, user) ->
                        new Decision.Allowed(
                                user,
                                Optional.of(Instant.ofEpochMilli(server.wheel.nowMillis() + TOKEN)),
                                Set.of(),
                                List.of(),
                                Optional.empty()),
                true,
                LOGIN);
        try (RawClient client = loggedIn()) {
            server.advance(10_000);
            ask(client, "login", "{\"appID\":1,\"userID\":\"anna\"}");
            server.after(TOKEN, close(client, CloseCode.TOKEN_EXPIRED));
        }
    }
}
