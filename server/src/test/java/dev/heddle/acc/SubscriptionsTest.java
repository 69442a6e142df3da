package dev.heddle.acc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.broker.Message;
import dev.heddle.broker.Position;
import dev.heddle.channel.Identity;
import dev.heddle.config.RoomSettings;
import dev.heddle.config.UserSessions;
import dev.heddle.frame.CloseCode;
import dev.heddle.frame.EncodedFrame;
import dev.heddle.support.Soon;
import dev.heddle.user.LoginCheck;
import dev.heddle.user.LoginCheck.Decision;
import dev.heddle.user.Presence;
import dev.heddle.user.Rooms;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/// What becomes of the subscriptions of a login that others begin and end.
class SubscriptionsTest extends AccTest {
    private static final String NEWS = "news";
    private static final String CLOSED = "closed:1";

    SubscriptionsTest() {
        super("closed:* subscribe=backends");
    }

    private AccSession anna() {
        AccSession session = open(LoginCheck.OPEN);
        assertEquals("200 Success", logIn(session, Presence.NO_ROOM, "anna"));
        return session;
    }

    private Position published(String channel) {
        Message message = new Message("1", null, null, null);
        return channels.publish(channel, message, false).position();
    }

    /// Asks for all from the beginning of the epoch.
    private String recover(AccSession session, Position last) {
        String since = "{\"epoch\":\"" + last.epoch() + "\",\"offset\":0}";
        return ask(
                session, "subscribe", "{\"channel\":\"" + CLOSED + "\",\"recover\":" + since + '}');
    }

    private void expectRecovery(AccSession session, Position last) {
        assertEquals("200 Success", recover(session, last));
        String missed = "\"recovered\":true,\"publications\":[{\"offset\":1,\"data\":1}]";
        assertTrue(peer.frames().getLast().contains(missed), peer.frames()::toString);
    }

    @Test
    void whomABackendHasSubscribedMayRecoverWhereOnlyBackendsSubscribe() {
        Position last = published(CLOSED);
        AccSession session = anna();
        assertEquals("1003 not authorized", recover(session, last));
        assertTrue(session.subscribe("anna", CLOSED));
        expectRecovery(session, last);
    }

    @Test
    void whomATokenHasSubscribedMayRecoverWhereOnlyBackendsSubscribe() {
        Position last = published(CLOSED);
        Decision.Allowed allowed =
                new Decision.Allowed(
                        "anna", Optional.empty(), Set.of(), List.of(CLOSED), Optional.empty());
        AccSession session = open((_, _) -> allowed);
        logIn(session, Presence.NO_ROOM, "anna");
        expectRecovery(session, last);
    }

    private static Decision.Allowed token(Set<Integer> rooms, String... channels) {
        return new Decision.Allowed(
                "anna", Optional.empty(), rooms, List.of(channels), Optional.empty());
    }

    @Test
    void whatABackendHasEndedIsNotBegunAgainByTheSameToken() {
        AccSession session = open((_, _) -> token(Set.of(), CLOSED));
        logIn(session, Presence.NO_ROOM, "anna");
        assertTrue(session.unsubscribe("anna", CLOSED));
        session.outbox().awaitFlushed();
        assertEquals("200 Success", ask(session, "refresh", "{}"));
        assertFalse(session.subscriptions().has(CLOSED));
        assertEquals(
                "1003 not authorized", ask(session, "subscribe", "{\"channel\":\"closed:1\"}"));
    }

    @Test
    void whatABackendHasBegunOutlivesATokenThatNeverAllowedIt() {
        AccSession session = open((_, _) -> token(Set.of(101)));
        logIn(session, 101, "anna");
        assertTrue(session.subscribe("anna", "room:102"));
        assertTrue(session.subscribe("anna", CLOSED));
        session.outbox().awaitFlushed();
        assertEquals("200 Success", ask(session, "refresh", "{}"));
        assertTrue(session.subscriptions().has("room:102"));
        assertTrue(session.subscriptions().has(CLOSED));
    }

    @Test
    void whoTakesOverHasTheRightsOfTheNewTokenAlone() {
        AtomicReference<Decision> token = new AtomicReference<>(token(Set.of(), CLOSED));
        channels.start();
        Rooms takenOver =
                new Rooms(new RoomSettings(List.of(101, 102), UserSessions.TAKEOVER), 0, channels);
        AccSession older = open((_, _) -> token.get(), takenOver, channels);
        logIn(older, 101, "anna");
        token.set(token(Set.of(101)));
        AccSession newer = open((_, _) -> token.get(), takenOver, channels);
        logIn(newer, 101, "anna");
        assertFalse(older.isOpen());
        older.end();
        assertFalse(newer.subscriptions().has(CLOSED));
        assertEquals(List.of(), channels.names());
        assertEquals("1003 not authorized", ask(newer, "subscribe", "{\"channel\":\"room:102\"}"));
    }

    @Test
    void whatIsMeantForAnotherUserOfTheConnectionChangesNothing() {
        AccSession session = anna();
        assertTrue(session.subscribe("anna", NEWS));
        session.outbox().awaitFlushed();
        List<String> before = peer.frames();
        assertFalse(session.subscribe("ben", NEWS));
        assertFalse(session.subscribe("ben", CLOSED));
        assertFalse(session.unsubscribe("ben", NEWS));
        session.outbox().awaitFlushed();
        assertEquals(before, peer.frames());
        assertEquals(List.of(NEWS), channels.names());
    }

    @ParameterizedTest
    @ValueSource(strings = {"room:0", "room:999", "room:0101", "room:99999999999999999999"})
    void nobodyMayUseTheChannelOfARoomThatThereIsNot(String channel) {
        AccSession session = anna();
        String named = "{\"channel\":\"" + channel + "\",\"data\":1}";
        for (String command : List.of("subscribe", "publish", "history", "presence")) {
            assertEquals("1003 not authorized", ask(session, command, named));
        }
        assertEquals("200 Success", ask(session, "subscribe", "{\"channel\":\"room:1a\"}"));
    }

    @Test
    void aTokenNamesTheChannelOfARoomThatThereIsNotInVain() {
        AccSession session = open((_, _) -> token(Set.of(), "room:999"));
        logIn(session, Presence.NO_ROOM, "anna");
        assertFalse(session.subscriptions().has("room:999"));
        String told = "\"reason\":\"there is no such room\"";
        assertTrue(peer.frames().getLast().contains(told), peer.frames()::toString);
    }

    @ParameterizedTest
    @CsvSource({"256, 200 Success", "257, 1001 bad parameter", "9000, 1001 bad parameter"})
    void dataMayBeNestedAsDeeplyAsABackendsData(int depth, String reply) {
        String data = "[".repeat(depth) + "]".repeat(depth);
        String publication = "{\"channel\":\"room:1a\",\"data\":" + data + '}';
        AccSession session = anna();
        ask(session, "subscribe", "{\"channel\":\"room:1a\"}");
        assertEquals(reply, ask(session, "publish", publication));
    }

    @Test
    void whoCannotBeToldOfTheEndOfASubscriptionHasToComeBack() {
        AccSession session = anna();
        assertTrue(session.subscribe("anna", NEWS));
        session.outbox().awaitFlushed();
        peer.stop();
        assertTrue(session.offer(EncodedFrame.text("a")));
        peer.awaitWriter();
        while (session.offer(EncodedFrame.text("given up"))) {}
        assertTrue(session.unsubscribe("anna", NEWS));
        assertFalse(session.isOpen());
        peer.goOn();
        session.outbox().awaitFlushed();
        List<String> frames = peer.frames();
        assertEquals(
                List.of("text a", "close 4013 slow consumer"),
                frames.subList(frames.size() - 2, frames.size()));
        assertEquals(1, counters.slowConsumers.sum());
        assertEquals(List.of(), channels.names());
    }

    /// Publishes more than a subscription holds back while a backend's request begins it, and lets
    /// the client read on.
    private void overflowWhileItBegins(AccSession session, String channel) throws Exception {
        peer.stop();
        session.offer(EncodedFrame.text("a"));
        peer.awaitWriter();
        while (session.offer(EncodedFrame.text("full"))) {}
        Thread backend = Thread.startVirtualThread(() -> session.subscribe("anna", channel));
        Soon.until(() -> session.subscriptions().has(channel));
        Message large = new Message('"' + "x".repeat(300_000) + '"', null, null, null);
        channels.publish(channel, large, false);
        Soon.until(() -> counters.publications.sum() > 0);
        peer.goOn();
        backend.join();
        session.outbox().awaitFlushed();
    }

    private AccSession patient() {
        channels.start();
        AccSession session =
                open(LoginCheck.OPEN, rooms, channels, outboxes(Duration.ofMinutes(10)));
        assertEquals("200 Success", logIn(session, Presence.NO_ROOM, "anna"));
        return session;
    }

    @Test
    void whoMissesTooMuchOfAChannelSubscribesAgainIfAllowedTo() throws Exception {
        AccSession session = patient();
        overflowWhileItBegins(session, NEWS);
        assertTrue(peer.frames().getLast().contains("\"resubscribe\":true"));
        assertTrue(session.isOpen());
    }

    @Test
    void whoMissesTooMuchOfAChannelAndMayNotSubscribeComesBack() throws Exception {
        AccSession session = patient();
        overflowWhileItBegins(session, CLOSED);
        assertEquals("close 4013 slow consumer", peer.frames().getLast());
        assertFalse(session.isOpen());
    }

    @Test
    void whoCannotBeToldOfAChannelThatTheTokenNamesComesBack() {
        AtomicReference<Decision> token = new AtomicReference<>(token(Set.of()));
        AccSession session = open((_, _) -> token.get());
        logIn(session, Presence.NO_ROOM, "anna");
        peer.stop();
        session.offer(EncodedFrame.text("a"));
        peer.awaitWriter();
        while (session.offer(EncodedFrame.text("given up"))) {}
        session.subscriptions().renew(new Identity("anna", null), Rights.of(token(Set.of(), NEWS)));
        session.subscriptions().replied();
        assertFalse(session.isOpen());
        peer.goOn();
        session.outbox().awaitFlushed();
        assertEquals("close 4013 slow consumer", peer.frames().getLast());
        assertEquals(List.of(), channels.names());
    }

    @Test
    void whoIsBeingClosedAnywayIsNoSlowConsumer() {
        AccSession session = anna();
        assertTrue(session.subscribe("anna", NEWS));
        session.close(CloseCode.GOING_AWAY, "");
        assertTrue(session.unsubscribe("anna", NEWS));
        assertEquals(0, counters.slowConsumers.sum());
    }

    @Test
    void nobodyElseEndsASubscriptionBeforeTheClientKnowsOfIt() throws Exception {
        AccSession session = anna();
        assertTrue(session.subscribe("anna", NEWS));
        session.outbox().awaitFlushed();
        List<String> before = peer.frames();
        Thread ending = Thread.ofVirtual().unstarted(() -> session.unsubscribe("anna", NEWS));
        session.subscriptions()
                .change(
                        () -> {
                            ending.start();
                            Soon.until(() -> ending.getState() == Thread.State.WAITING);
                            assertTrue(session.subscriptions().has(NEWS));
                            assertEquals(before, peer.frames());
                        });
        ending.join();
        session.outbox().awaitFlushed();
        assertFalse(session.subscriptions().has(NEWS));
        assertTrue(peer.frames().getLast().contains("unsubscribed"), peer.frames()::toString);
    }

    /// As a key that has to be fetched first.
    @Test
    void othersMayChangeSubscriptionsWhileATokenIsVerified() {
        AtomicReference<AccSession> verified = new AtomicReference<>();
        AccSession session =
                open(
                        (_, _) -> {
                            AccSession own = verified.get();
                            if (own != null) {
                                Thread other =
                                        Thread.startVirtualThread(
                                                () -> own.subscribe("anna", NEWS));
                                Soon.until(() -> !other.isAlive());
                            }
                            return token(Set.of());
                        });
        logIn(session, 101, "anna");
        assertTrue(session.subscribe("anna", CLOSED));
        verified.set(session);
        assertEquals("200 Success", ask(session, "refresh", "{}"));
        assertTrue(session.subscriptions().has(NEWS));
    }

    @Test
    void aTokenTakesNothingAwayWhileTheClientIsBeingToldOfIt() throws Exception {
        AccSession session = open((_, _) -> token(Set.of()));
        logIn(session, 101, "anna");
        Thread renewing = Thread.ofVirtual().unstarted(() -> session.renew(token(Set.of(101))));
        session.subscriptions()
                .change(
                        () -> {
                            session.subscribe("anna", "room:102");
                            renewing.start();
                            Soon.until(() -> renewing.getState() == Thread.State.WAITING);
                            assertTrue(session.subscriptions().has("room:102"));
                        });
        renewing.join();
        assertFalse(session.subscriptions().has("room:102"));
    }
}
