package dev.heddle.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.net.FullOutboxes.Waiting;

import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

class FullOutboxesTest {
    private static Waiting waiting(String address, int bytes) {
        return new Waiting(() -> {}, InetAddress.ofLiteral(address), bytes);
    }

    @Test
    void whoHoldsMostGoesFirstOfTheAddressThatHoldsMost() {
        List<Waiting> stalled = new ArrayList<>();
        stalled.add(waiting("192.0.2.1", 1_000));
        for (int bytes = 100; bytes < 1_500; bytes += 100) {
            stalled.add(waiting("192.0.2.2", bytes));
        }
        stalled.add(waiting("192.0.2.3", 5_000));
        assertEquals(
                List.of(
                        waitingBytes("192.0.2.2", 1_400),
                        waitingBytes("192.0.2.2", 1_300),
                        waitingBytes("192.0.2.2", 1_200)),
                FullOutboxes.first(stalled).stream()
                        .map(it -> waitingBytes(it.address().getHostAddress(), it.bytes()))
                        .toList());
    }

    private static String waitingBytes(String address, int bytes) {
        return bytes + " of " + address;
    }

    @Test
    void oneGoesHoweverFewThereAre() {
        Waiting one = waiting("192.0.2.1", 1);
        assertEquals(List.of(one), FullOutboxes.first(List.of(one)));
        assertEquals(List.of(), FullOutboxes.first(List.of()));
    }
}
