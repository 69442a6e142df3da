package dev.heddle.acc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.Heddle;
import dev.heddle.support.AccClient;
import dev.heddle.support.TestServer;
import dev.heddle.user.Message;

import org.junit.jupiter.api.Test;

import java.util.List;

/// What clients of `/acc` see of a graceful stop.
class AccDrainTest {
    @Test
    void whatWasTakenIsDeliveredAndThenEverybodyGoes() throws Exception {
        Heddle server = Heddle.start(TestServer.settings());
        try (AccClient anna = AccClient.login(server.port(), 101, "anna");
                AccClient bob = AccClient.login(server.port(), 101, "bob");
                AccClient nobody = AccClient.open(server.port())) {
            assertTrue(anna.next().contains("enter"));
            assertTrue(server.rooms().sendAll(101, null, new Message("1", "x", "the last one")));
            Thread draining = Thread.startVirtualThread(server::drain);
            for (AccClient client : List.of(anna, bob)) {
                assertTrue(client.next().contains("the last one"));
            }
            for (AccClient client : List.of(anna, bob, nobody)) {
                client.expectClose(1001);
                client.agree(1001);
            }
            draining.join();
            assertEquals(0, server.connections());
            assertEquals(0, server.rooms().userCount());
        } finally {
            server.close();
        }
    }
}
