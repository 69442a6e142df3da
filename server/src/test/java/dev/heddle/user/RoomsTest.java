package dev.heddle.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.channel.Channels;
import dev.heddle.config.RoomSettings;
import dev.heddle.config.UserSessions;
import dev.heddle.frame.CloseCode;
import dev.heddle.hub.Hub;
import dev.heddle.support.FakeClient;
import dev.heddle.support.Soon;
import dev.heddle.support.TestChannels;
import dev.heddle.telemetry.Counters;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

class RoomsTest {
    private static final Message HELLO = new Message("1", "x", "hello");

    private final FakeClient watcher = new FakeClient();
    private final Counters counters = new Counters();
    private Channels channels = TestChannels.of(() -> new Hub(8, 10_000, counters));
    private Rooms rooms =
            new Rooms(new RoomSettings(List.of(5, 3, 4), UserSessions.MANY), 0, channels);

    @BeforeEach
    void start() {
        channels.start();
    }

    @AfterEach
    void stop() {
        channels.stop();
    }

    private Member enter(FakeClient client, int room, String user) {
        Member member = new Member(client, user);
        rooms.enter(member, room);
        return member;
    }

    private void expectPushes(String... pushes) {
        Soon.untilAsserted(
                () ->
                        assertEquals(
                                List.of(pushes),
                                watcher.received().stream()
                                        .map(RoomsTest::commandAndFrom)
                                        .toList()));
    }

    private static String commandAndFrom(String push) {
        return push.replaceAll(".*\"cmd\":\"(\\w+)\".*\"from\":\"(\\w+)\".*", "$1 $2");
    }

    @Test
    void listsUsersInTheOrderOfTheirEntering() {
        enter(new FakeClient(), 3, "b");
        enter(new FakeClient(), 3, "a");
        enter(new FakeClient(), 3, "b");
        enter(new FakeClient(), 4, "c");
        assertEquals(List.of(5, 3, 4), rooms.rooms());
        assertEquals(List.of("b", "a"), rooms.users(3));
        assertEquals(2, rooms.userCount(3));
        assertEquals(3, rooms.userCount());
        assertEquals(2, rooms.connections(3, "b").size());
        assertEquals(List.of(), rooms.connections(5, "b"));
    }

    @Test
    void aRoomThatThereIsNotIsEmptyAndTakesNothing() {
        assertFalse(rooms.exists(6));
        assertEquals(List.of(), rooms.users(6));
        assertEquals(0, rooms.userCount(6));
        assertFalse(rooms.isOnline(6, "a"));
        assertFalse(rooms.send(6, "a", HELLO));
        assertFalse(rooms.sendAll(6, null, HELLO));
        assertEquals(0, rooms.disconnect(6, "a"));
        Member member = new Member(watcher, "a");
        assertThrows(IllegalArgumentException.class, () -> rooms.enter(member, 6));
        assertFalse(member.hasEntered());
    }

    @Test
    void oneEntersWithTheFirstConnectionAndLeavesWithTheLast() {
        enter(watcher, 3, "w");
        Member first = enter(new FakeClient(), 3, "a");
        Member second = enter(new FakeClient(), 3, "a");
        rooms.leave(first);
        rooms.leave(first);
        assertTrue(rooms.isOnline(3, "a"));
        rooms.leave(second);
        assertFalse(rooms.isOnline(3, "a"));
        enter(new FakeClient(), 3, "a");
        expectPushes("enter a", "exit a", "enter a");
    }

    @Test
    void aNewerLoginTakesOverAndTheEndOfTheOlderChangesNothing() {
        rooms = new Rooms(new RoomSettings(List.of(5, 3, 4), UserSessions.TAKEOVER), 0, channels);
        enter(watcher, 3, "w");
        FakeClient older = new FakeClient();
        Member olderLogin = enter(older, 3, "a");
        FakeClient newer = new FakeClient();
        enter(newer, 3, "a");
        assertEquals(CloseCode.TAKEN_OVER, older.closeCode.get());
        rooms.leave(olderLogin);
        assertEquals(List.of("w", "a"), rooms.users(3));
        assertTrue(rooms.send(3, "a", HELLO));
        assertTrue(rooms.sendAll(3, null, HELLO));
        expectPushes("enter a", "msg x");
        Soon.until(() -> newer.received().size() == 2);
        assertEquals(List.of(), older.received());
    }

    @Test
    void aRoomOfMoreThanAreAnnouncedKeepsQuietUntilItIsSmallerAgain() {
        rooms = new Rooms(new RoomSettings(List.of(3), UserSessions.MANY), 3, channels);
        enter(watcher, 3, "w");
        enter(new FakeClient(), 3, "a");
        Member second = enter(new FakeClient(), 3, "b");
        assertTrue(rooms.isAnnounced(3));
        Member third = enter(new FakeClient(), 3, "c");
        assertFalse(rooms.isAnnounced(3));
        rooms.leave(second);
        assertTrue(rooms.isAnnounced(3));
        rooms.leave(third);
        assertEquals(List.of("w", "a"), rooms.users(3));
        expectPushes("enter a", "enter b", "exit c");
    }

    @Test
    void sendsToEveryConnectionOfOneUser() {
        FakeClient one = new FakeClient();
        FakeClient two = new FakeClient();
        enter(watcher, 3, "w"); // first: the others must not get its entering
        enter(one, 3, "a");
        enter(two, 3, "a");
        assertTrue(rooms.send(3, "a", HELLO));
        assertFalse(rooms.send(3, "b", HELLO));
        assertFalse(rooms.send(4, "a", HELLO));
        assertEquals("msg x", commandAndFrom(one.received().getFirst()));
        assertEquals("msg x", commandAndFrom(two.received().getFirst()));
        expectPushes("enter a");
    }

    @Test
    void sendsToAllButOneUser() {
        enter(watcher, 3, "w");
        FakeClient one = new FakeClient();
        FakeClient two = new FakeClient();
        enter(one, 3, "a");
        enter(two, 3, "a");
        assertTrue(rooms.sendAll(3, "a", HELLO));
        assertTrue(rooms.sendAll(3, "nobody", HELLO));
        expectPushes("enter a", "msg x", "msg x");
        Soon.until(() -> one.received().size() == 1 && two.received().size() == 1);
    }

    @Test
    void broadcastsToAllRooms() {
        FakeClient other = new FakeClient();
        enter(watcher, 3, "w");
        enter(other, 4, "w");
        assertTrue(rooms.broadcast(HELLO));
        expectPushes("msg x");
        Soon.until(() -> other.received().size() == 1);
    }

    @Test
    void disconnectsEveryConnectionOfAUserAtOnce() {
        enter(watcher, 3, "w");
        FakeClient one = new FakeClient();
        FakeClient two = new FakeClient();
        enter(one, 3, "a");
        enter(two, 3, "a");
        assertEquals(2, rooms.disconnect(3, "a"));
        assertEquals(0, rooms.disconnect(3, "a"));
        assertEquals(CloseCode.DISCONNECTED, one.closeCode.get());
        assertEquals(CloseCode.DISCONNECTED, two.closeCode.get());
        assertEquals(List.of("w"), rooms.users(3));
        expectPushes("enter a", "exit a");
    }

    @Test
    void oneWhoIsNotAliveIsInTheListAndNotOnline() {
        enter(watcher, 3, "w");
        watcher.close(1, "");
        assertEquals(List.of("w"), rooms.users(3));
        assertFalse(rooms.isOnline(3, "w"));
    }

    @Test
    void drainingHandsOnWhatWasTakenAndTakesNothingMore() throws InterruptedException {
        enter(watcher, 3, "w");
        assertTrue(rooms.sendAll(3, null, HELLO));
        channels.drain(Duration.ofSeconds(10));
        assertEquals(1, watcher.received().size());
        assertEquals(0, watcher.closeCode.get());
        assertFalse(rooms.sendAll(3, null, HELLO));
        assertFalse(rooms.broadcast(HELLO));
    }

    /// The deadline of a message is one, however many connections do not take it.
    @Test
    void thoseWithoutRoomAreWaitedForTogether() {
        FakeClient one = new FakeClient(0);
        FakeClient other = new FakeClient(0);
        FakeClient reading = new FakeClient();
        List.of(one, other, reading).forEach(client -> enter(client, 3, "a"));
        assertTrue(rooms.send(3, "a", HELLO));
        assertEquals(1, one.waitedSince.size());
        assertEquals(one.waitedSince, other.waitedSince);
        assertEquals(List.of(), reading.waitedSince);
        assertEquals(1, reading.received().size());
    }

    /// Between its subscription and its entering, a login must not hear that its own user has gone.
    @Test
    void whoIsAboutToEnterIsNotToldOfItself() {
        Member first = enter(new FakeClient(), 3, "a");
        channels.keep(Rooms.channelOf(3)).fanout().subscribe(new Member(watcher, "a"));
        rooms.leave(first);
        enter(new FakeClient(), 3, "b");
        expectPushes("enter b");
    }

    /// Comes and goes while the hub is stopped up: nobody who leaves waits.
    @Test
    void leavingNeverWaitsForAFullHub() throws Exception {
        channels.stop();
        channels = TestChannels.of(() -> new Hub(2, 10_000, counters)); // whose loops never run
        rooms = new Rooms(new RoomSettings(List.of(3), UserSessions.MANY), 0, channels);
        Member first = enter(new FakeClient(), 3, "a");
        Thread second = Thread.startVirtualThread(() -> enter(new FakeClient(), 3, "b"));
        Soon.until(() -> second.getState() == Thread.State.WAITING); // a login waits
        rooms.leave(first);
        assertEquals(List.of(), rooms.users(3));
        channels.stop();
        second.join();
    }
}
