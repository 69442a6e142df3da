package dev.heddle.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.channel.Channels;
import dev.heddle.config.RoomSettings;
import dev.heddle.config.UserSessions;
import dev.heddle.frame.CloseCode;
import dev.heddle.hub.Fanout;
import dev.heddle.hub.Hub;
import dev.heddle.support.FakeClient;
import dev.heddle.support.Soon;
import dev.heddle.support.TestChannels;
import dev.heddle.telemetry.Counters;
import dev.heddle.user.Member;
import dev.heddle.user.Rooms;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// A thousand users log in, log in again elsewhere, take over from each other and leave, on four
/// threads, each of which may meet any of them, while observers come and compare what they are told
/// with what the list says.
class RoomStressIT {
    private static final int ROOM = 101;
    private static final int USERS = 1000;
    private static final int THREADS = 4;
    private static final int STEPS = 2_500;
    private static final int OBSERVERS = 10;

    private final Counters counters = new Counters();
    private final Channels channels = TestChannels.of(() -> new Hub(16, 4096, counters));

    /// One login of a user.
    private record Login(String user, Member member, FakeClient client) {
        boolean isTakenOver() {
            return client.closeCode.get() == CloseCode.TAKEN_OVER;
        }
    }

    /// Somebody who stays: what the list said once logged in, and every push since.
    private record Observer(FakeClient client, List<String> list) {
        Set<String> believes() {
            Set<String> users = new TreeSet<>(list);
            for (String push : client.received()) {
                if (isEnter(push)) {
                    users.add(from(push));
                } else {
                    users.remove(from(push));
                }
            }
            return users;
        }
    }

    @ParameterizedTest
    @EnumSource(UserSessions.class)
    void listsAndPushesAgreeInTheEnd(UserSessions sessions) throws Exception {
        long seed = Long.getLong("heddle.seed", System.nanoTime());
        System.out.println("heddle.seed=" + seed);
        Rooms rooms = new Rooms(new RoomSettings(List.of(ROOM), sessions), 0, channels);
        channels.start();
        Observer first = observe(rooms, 0);
        List<Login> left = new ArrayList<>();
        List<Observer> observers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<List<Login>>> work = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                Random random = new Random(seed + thread);
                work.add(() -> comeAndGo(rooms, random));
            }
            List<Future<List<Login>>> working = work.stream().map(threads::submit).toList();
            for (int i = 1; i <= OBSERVERS; i++) {
                observers.add(observe(rooms, i));
                Thread.sleep(5);
            }
            for (Future<List<Login>> done : working) {
                left.addAll(done.get());
            }
        }
        Set<String> expected = new TreeSet<>(rooms.users(ROOM));
        Set<String> loggedIn = new TreeSet<>();
        left.stream().filter(login -> !login.isTakenOver()).forEach(l -> loggedIn.add(l.user()));
        for (int i = 0; i <= OBSERVERS; i++) {
            loggedIn.add("observer" + i);
        }
        assertEquals(loggedIn, expected);
        requireRightConnections(rooms, sessions, left);
        Soon.untilAsserted(() -> assertEquals(expected, first.believes()));
        observers.forEach(
                observer -> Soon.untilAsserted(() -> assertEquals(expected, observer.believes())));
        requireBalance(first.client().received());
        left.forEach(login -> rooms.leave(login.member()));
        Soon.untilAsserted(() -> assertEquals(OBSERVERS + 1, first.believes().size()));
        Fanout fanout = channels.keep(Rooms.channelOf(ROOM)).fanout();
        Soon.until(() -> fanout.subscribers() == OBSERVERS + 1);
        assertEquals(0, counters.bugs.sum());
        channels.stop();
    }

    private static void requireRightConnections(
            Rooms rooms, UserSessions sessions, List<Login> left) {
        for (Login login : left) {
            long count =
                    left.stream()
                            .filter(l -> l.user().equals(login.user()) && !l.isTakenOver())
                            .count();
            assertEquals(count, rooms.connections(ROOM, login.user()).size(), login.user());
            assertTrue(sessions == UserSessions.MANY || count <= 1, login.user());
        }
    }

    /// Nobody enters who is in, or exits who is not.
    private static void requireBalance(List<String> pushes) {
        Set<String> in = new LinkedHashSet<>();
        for (String push : pushes) {
            assertTrue(isEnter(push) ? in.add(from(push)) : in.remove(from(push)), push);
        }
    }

    private static Observer observe(Rooms rooms, int number) {
        FakeClient client = new FakeClient();
        rooms.enter(new Member(client, "observer" + number), ROOM);
        return new Observer(client, rooms.users(ROOM));
    }

    /// @return the logins that this thread has left open, taken over or not
    private static List<Login> comeAndGo(Rooms rooms, Random random) {
        List<Login> open = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            if (open.size() < 50 || random.nextBoolean() && open.size() < 200) {
                FakeClient client = new FakeClient();
                String user = "user" + random.nextInt(USERS);
                Member member = new Member(client, user);
                rooms.enter(member, ROOM);
                open.add(new Login(user, member, client));
            } else {
                rooms.leave(open.remove(random.nextInt(open.size())).member());
            }
        }
        return open;
    }

    private static boolean isEnter(String push) {
        return push.contains("\"cmd\":\"enter\"");
    }

    private static String from(String push) {
        return push.replaceAll(".*\"from\":\"(\\w+)\".*", "$1");
    }
}
