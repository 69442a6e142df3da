package dev.heddle.acc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.heddle.channel.Channels;
import dev.heddle.config.CommandRates;
import dev.heddle.config.RoomSettings;
import dev.heddle.config.UserSessions;
import dev.heddle.config.UserSettings;
import dev.heddle.hub.Hub;
import dev.heddle.message.Incoming;
import dev.heddle.support.LogLines;
import dev.heddle.support.Soon;
import dev.heddle.support.TestChannels;
import dev.heddle.user.ConnectionInfo;
import dev.heddle.user.LoginCheck;
import dev.heddle.user.LoginCheck.Cause;
import dev.heddle.user.LoginCheck.Decision;
import dev.heddle.user.Message;
import dev.heddle.user.Presence;
import dev.heddle.user.Rooms;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/// What one connection to `/acc` does beside what the golden conversations show.
class AccSessionTest extends AccTest {
    private static final Message HELLO = new Message("1", "x", "hello");

    AccSessionTest() {
        super("");
    }

    private static LoginCheck.Decision.Allowed allowed(String user) {
        return (LoginCheck.Decision.Allowed) LoginCheck.OPEN.check("", user);
    }

    private static LoginCheck believing(Decision.Allowed decision) {
        return (_, _) -> decision;
    }

    private static Decision.Allowed allowed(String user, int expiresSecond, Integer... rooms) {
        return new Decision.Allowed(
                user,
                Optional.of(Instant.ofEpochSecond(expiresSecond)),
                Set.of(rooms),
                List.of(),
                Optional.empty());
    }

    @Test
    void aHandlerThatCrashesIsAnsweredAndCountedAndTheConnectionLives() {
        AccSession session =
                open(
                        (token, user) -> {
                            if (user.equals("overflow")) {
                                throw new StackOverflowError("thrown by a test");
                            }
                            throw new IllegalStateException("thrown by a test");
                        });
        assertEquals("1004 server error", logIn(session, 101, "anna"));
        assertEquals("1004 server error", logIn(session, 101, "overflow"));
        assertEquals(2, counters.commandFailures.sum());
        assertEquals(2, counters.bugs.sum());
        assertEquals("200 Success", ask(session, "ping", "{}"));
        assertEquals(3, counters.commands.sum());
        assertNull(session.member());
    }

    @Test
    void whoTakesNothingAnyMoreIsNotSentAnything() {
        AccSession session = open(LoginCheck.OPEN);
        assertEquals("200 Success", logIn(session, 101, "anna"));
        assertTrue(rooms.send(101, "anna", HELLO));
        session.outbox().takeNoMore();
        assertFalse(rooms.send(101, "anna", HELLO));
    }

    @Test
    void nobodyIsLoggedInAsLongAsTheLoginWaitsForTheHub() throws Exception {
        Channels stuck = TestChannels.of(() -> new Hub(1, 10, counters));
        Rooms where = new Rooms(new RoomSettings(List.of(101), UserSessions.MANY), 0, stuck);
        AccSession first = open(LoginCheck.OPEN, where, stuck);
        first.logIn(101, allowed("anna"));
        assertTrue(first.info().login().isPresent());
        AccSession second = open(LoginCheck.OPEN, where, stuck);
        Thread waiting = Thread.startVirtualThread(() -> second.logIn(101, allowed("ben")));
        Soon.until(() -> second.member() != null);
        assertEquals(Optional.empty(), second.info().login());
        stuck.stop();
        waiting.join();
    }

    @Test
    void aRefusalIsToldInItsOwnWords() {
        AccSession session =
                open((_, _) -> new Decision.Refused(Cause.NOT_AUTHORIZED, "token expired"));
        assertEquals("1003 token expired", logIn(session, 101, "anna"));
        assertEquals(List.of(), rooms.users(101));
    }

    @Test
    void theTokenMaySayWhoItIsAndWhereTo() {
        AccSession session = open(believing(allowed("anna", 100, 102)));
        assertEquals("1003 not authorized", logIn(session, 101, ""));
        assertEquals("200 Success", logIn(session, 102, ""));
        assertEquals(List.of("anna"), rooms.users(102));
    }

    @Test
    void aTokenCannotNameWhatIsNoUserId() {
        AccSession session = open(believing(allowed("a\nb", 100)));
        assertEquals("1002 bad user id", logIn(session, 101, ""));
    }

    @Test
    void aFreshTokenOfTheSameUserExtendsTheLoginInPlace() {
        AtomicReference<Decision.Allowed> decision = new AtomicReference<>(allowed("anna", 100));
        AccSession session = open((_, _) -> decision.get());
        assertEquals("200 Success", logIn(session, 101, "anna"));
        assertEquals(100_000, session.visit(peer.nowMillis()));
        decision.set(allowed("anna", 200));
        assertEquals("200 Success", logIn(session, 101, "anna"));
        assertEquals(200_000, session.visit(peer.nowMillis()));
        assertEquals("1009 operation failed", logIn(session, 102, "anna"));
        decision.set(allowed("bob", 300));
        assertEquals("1009 operation failed", logIn(session, 101, "bob"));
        assertEquals(200_000, session.visit(peer.nowMillis()));
        assertEquals(1, rooms.connections(101, "anna").size());
    }

    @Test
    void aLoginWhoseTokenHasExpiredEndsWithItsOwnCode() {
        AccSession session = open(believing(allowed("anna", 100)));
        logIn(session, 101, "anna");
        assertEquals(peer.clock.get() + 100_000, peer.nextVisit.get());
        now.set(Instant.ofEpochSecond(100));
        session.visit(peer.nowMillis());
        session.outbox().awaitFlushed();
        assertEquals("close 4003 token expired", peer.frames().getLast());
        session.end();
        assertEquals(List.of(), rooms.users(101));
    }

    /// The hub itself may have to close the session that waits for it.
    @Test
    void whoEndsWhileASubscriptionWaitsForTheHubKeepsNoLockThatTheHubTakes() throws Exception {
        Channels stuck = TestChannels.of(() -> new Hub(1, 10, counters)); // whose loops never run
        Rooms where = new Rooms(new RoomSettings(List.of(101), UserSessions.MANY), 0, stuck);
        AccSession first = open(LoginCheck.OPEN, where, stuck);
        first.logIn(Presence.NO_ROOM, allowed("anna"));
        assertTrue(first.subscribe("anna", "news"));
        AccSession second = open(LoginCheck.OPEN, where, stuck);
        second.logIn(Presence.NO_ROOM, allowed("ben"));
        Thread subscribing = Thread.startVirtualThread(() -> second.subscribe("ben", "news"));
        Soon.until(() -> stuck.counts("news").connections() == 2);
        Thread ending = Thread.startVirtualThread(second::logOut);
        Soon.until(() -> ending.getState() == Thread.State.BLOCKED);
        assertTimeoutPreemptively(Duration.ofSeconds(10), second::isOpen);
        stuck.stop();
        subscribing.join();
        ending.join();
        assertEquals(1, stuck.counts("news").connections());
    }

    @Test
    void aClientThatAsksForItHearsOfTheServer() {
        AccSession session = open(LoginCheck.OPEN);
        String login = "{\"appID\":101,\"userID\":\"anna\",\"pingSeconds\":5}";
        assertEquals("200 Success", ask(session, "login", login));
        int before = peer.nowMillis();
        assertTrue(session.visit(before) <= 5_000);
        assertEquals(5_000, session.visit(before + 5_000));
        Soon.until(() -> peer.frames().getLast().contains("\"cmd\":\"keepalive\""));
        assertEquals("200 Success", ask(session, "logout", "{}"));
        assertTrue(session.visit(before) > 5_000);
    }

    @Test
    void aTokenThatLastsForEverDoes() {
        Decision.Allowed forEver =
                new Decision.Allowed(
                        "anna", Optional.of(Instant.MAX), Set.of(), List.of(), Optional.empty());
        AccSession session = open(believing(forEver));
        assertEquals("200 Success", logIn(session, 101, "anna"));
        assertTrue(session.visit(peer.nowMillis()) > 0);
        assertTrue(session.isOpen());
    }

    @Test
    void anAddressThatLogsInTooOftenIsRefused() {
        users =
                new UserSettings(
                        users.loginDeadline(),
                        users.heartbeatDeadline(),
                        users.onlineWindow(),
                        true,
                        2,
                        true,
                        0,
                        1000);
        AccSession session = open(LoginCheck.OPEN);
        assertEquals("200 Success", logIn(session, 101, "anna"));
        assertEquals("1009 operation failed", logIn(session, 101, "anna"));
        String refused = "1009 too many logins, try again in a minute";
        assertEquals(refused, logIn(session, 101, "anna"));
        assertEquals("200 Success", ask(session, "heartbeat", "{}"));
    }

    @Test
    void whoSendsTooMuchWaitsAndIsEndedInTheEnd() {
        rates = new CommandRates(100, 1, 0, 1, Duration.ofMillis(100));
        AccSession session = open(LoginCheck.OPEN);
        long began = System.nanoTime();
        int answered = 0;
        while (session.isOpen()) {
            byte[] ping = "{\"cmd\":\"ping\"}".getBytes(UTF_8);
            session.handle(new Incoming.Text(ping, 0, ping.length));
            answered++;
        }
        session.outbox().awaitFlushed();
        assertTrue(System.nanoTime() - began >= 90_000_000, "it waited");
        assertEquals(answered, peer.frames().size(), "the last one gets the Close frame instead");
        assertEquals("close 4008 sent too much for too long", peer.frames().getLast());
        assertEquals(1, counters.tooFast.sum());
    }

    @Test
    void aMessageToAPeerThatDoesNotReadIsGivenUpInTime() {
        AccSession session = open(LoginCheck.OPEN);
        logIn(session, 101, "anna");
        peer.stop();
        assertTrue(rooms.send(101, "anna", HELLO));
        peer.awaitWriter();
        assertTrue(rooms.send(101, "anna", HELLO));
        assertTrue(rooms.send(101, "anna", HELLO));
        long began = System.nanoTime();
        assertFalse(rooms.send(101, "anna", HELLO));
        assertTrue(System.nanoTime() - began >= 90_000_000);
        assertTrue(session.isOpen());
        peer.goOn();
        assertTrue(rooms.send(101, "anna", HELLO));
    }

    @Test
    void aConnectionIsFoundByItsIdUntilItEnds() {
        AccSession session = open(LoginCheck.OPEN);
        long id = session.id();
        peer.clock.addAndGet(1000);
        ConnectionInfo before = connections.find(id).orElseThrow();
        assertEquals("127.0.0.1:12345", before.address());
        assertEquals(Optional.empty(), before.login());
        assertEquals(1000, before.silentMillis());
        assertFalse(before.isOnline());
        logIn(session, 101, "anna");
        ConnectionInfo after = connections.find(id).orElseThrow();
        assertEquals(Optional.of(new ConnectionInfo.Login(101, "anna")), after.login());
        assertEquals(0, after.silentMillis());
        assertTrue(after.isOnline());
        assertTrue(connections.send(id, HELLO));
        assertEquals(1, connections.count());
        assertTrue(connections.close(id));
        session.outbox().awaitFlushed();
        assertEquals("close 4501 disconnected", peer.frames().getLast());
        session.end();
        assertEquals(Optional.empty(), connections.find(id));
        assertFalse(connections.send(id, HELLO));
        assertFalse(connections.close(id));
        assertEquals(List.of(), connections.all());
    }

    @Test
    void noTokenGetsIntoAnAnswerOrALogLine() {
        try (LogLines log = new LogLines()) {
            AccSession session =
                    open(
                            (_, _) -> {
                                throw new IllegalStateException("thrown by a test");
                            });
            logIn(session, 101, "anna");
            ask(session, "login", "{\"serviceToken\":\"" + TOKEN + "\",\"appID\":\"x\"}");
            ask(session, "login", "{\"serviceToken\":\"" + TOKEN + "\",");
            ask(session, "heartbeat", "\"" + TOKEN + "\"");
            assertFalse(String.join("\n", peer.frames()).contains(TOKEN));
            assertFalse(String.join("\n", log.all()).contains(TOKEN), log.all()::toString);
        }
    }
}
