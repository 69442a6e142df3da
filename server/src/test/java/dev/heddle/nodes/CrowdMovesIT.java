package dev.heddle.nodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.support.HttpApi;
import dev.heddle.support.RealNodes;
import dev.heddle.support.ServerProcess;
import dev.heddle.support.Soon;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A node is killed under a crowd, in rooms of 100, while something is published all the time: all
/// come back to the other nodes, miss nothing, and were never away for those who look on.
/// `-Dcrowd=5000` for more than a test needs.
class CrowdMovesIT {
    private static final int CROWD = Integer.getInteger("crowd", 300);
    private static final int IN_A_ROOM = 100;
    private static final int FIRST_ROOM = 101;
    private static final int ROOMS = (CROWD + IN_A_ROOM - 1) / IN_A_ROOM;

    @RegisterExtension final RealNodes nodes = new RealNodes();
    private final HttpApi api = new HttpApi();
    private final List<Wanderer> crowd = new ArrayList<>();
    private final AtomicBoolean isOver = new AtomicBoolean();

    @AfterEach
    void leave() {
        isOver.set(true);
        crowd.forEach(Wanderer::leave);
    }

    private ServerProcess node(String name) throws IOException {
        String rooms =
                IntStream.range(FIRST_ROOM, FIRST_ROOM + ROOMS)
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining(","));
        return nodes.start(name, "rooms=" + rooms);
    }

    @Test
    void allComeBackToOtherNodesAndNobodyWasAway() throws Exception {
        ServerProcess dying = node("one");
        ServerProcess two = node("two");
        ServerProcess three = node("three");
        List<Integer> ports = List.of(dying.port(), two.port(), three.port());
        AtomicInteger turn = new AtomicInteger();
        AtomicBoolean isDead = new AtomicBoolean();
        for (int i = 0; i < CROWD; i++) {
            crowd.add(
                    new Wanderer(
                            FIRST_ROOM + i / IN_A_ROOM,
                            "user" + i,
                            () -> ports.get(isDead.get() ? 1 + turn.incrementAndGet() % 2 : 0)));
        }
        crowd.forEach(Thread.ofVirtual()::start);
        Soon.until(() -> crowd.stream().allMatch(each -> each.hasCome(1)));
        List<Talker> onlookers = new ArrayList<>();
        for (int room = FIRST_ROOM; room < FIRST_ROOM + ROOMS; room++) {
            Talker onlooker = nodes.add(Talker.login(two.port(), room, "onlooker"));
            onlookers.add(onlooker);
            awaitAll(onlooker);
        }
        AtomicInteger published = new AtomicInteger();
        Thread publisher = Thread.ofVirtual().start(() -> publish(three, published));
        Soon.until(() -> published.get() > 10);
        long killed = System.nanoTime();
        isDead.set(true);
        dying.signal("KILL");
        int looks = 0;
        while (!crowd.stream().allMatch(each -> each.hasCome(2))) {
            for (Talker onlooker : onlookers) {
                requireAll(onlooker);
            }
            looks++;
        }
        report(killed, looks);
        Soon.until(() -> two.getInternal("/api/v1/nodes").body().split("\"version\"").length == 3);
        isOver.set(true);
        publisher.join();
        Soon.until(() -> crowd.stream().allMatch(each -> each.offset() == published.get()));
        for (Talker onlooker : onlookers) {
            requireAll(onlooker);
            assertEquals(List.of(), onlooker.told("enter", "exit"));
        }
        assertEquals(List.of(), crowd.stream().flatMap(each -> each.faults().stream()).toList());
    }

    private void publish(ServerProcess node, AtomicInteger published) {
        try {
            while (!isOver.get()) {
                api.publish(node.internalPort(), "news", "\"" + published.get() + "\"");
                published.incrementAndGet();
                Thread.sleep(200);
            }
        } catch (IOException | InterruptedException | AssertionError failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static void awaitAll(Talker onlooker) {
        Soon.until(() -> members(onlooker).contains("\"userCount\":" + (IN_A_ROOM + 1)));
    }

    private static void requireAll(Talker onlooker) throws IOException {
        String members = members(onlooker);
        assertTrue(members.contains("\"userCount\":" + (IN_A_ROOM + 1)), members);
    }

    private static String members(Talker onlooker) throws IOException {
        return onlooker.ask("members", "{}");
    }

    private void report(long killed, int looks) {
        long last = crowd.stream().mapToLong(Wanderer::cameNanos).max().orElseThrow();
        System.out.printf(
                Locale.ROOT,
                "%d clients: the last was back %.1f s after its node was killed, %d looks%n",
                CROWD,
                (last - killed) / 1e9,
                looks);
    }
}
