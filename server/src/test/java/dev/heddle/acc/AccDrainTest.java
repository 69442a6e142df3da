package dev.heddle.acc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.Heddle;
import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;
import dev.heddle.support.TestServer;
import dev.heddle.user.Message;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;

/// What clients of `/acc` see of a graceful stop.
class AccDrainTest {
    @Test
    void whatWasTakenIsDeliveredAndThenEverybodyGoes() throws Exception {
        Heddle server = Heddle.start(TestServer.settings());
        try (RawClient anna = logIn(server, "anna");
                RawClient bob = logIn(server, "bob");
                RawClient nobody = RawClient.open(server.port(), "/acc")) {
            assertTrue(anna.readFrame().text().contains("enter"));
            assertTrue(server.rooms().sendAll(101, null, new Message("1", "x", "the last one")));
            Thread draining = Thread.startVirtualThread(server::drain);
            for (RawClient client : List.of(anna, bob)) {
                assertTrue(client.readFrame().text().contains("the last one"));
            }
            for (RawClient client : List.of(anna, bob, nobody)) {
                RawFrame close = client.readFrame();
                assertEquals(1001, close.closeCode());
                client.send(RawFrame.close(1001, ""));
                client.expectEnd();
            }
            draining.join();
            assertEquals(0, server.connections());
            assertEquals(0, server.rooms().userCount());
        } finally {
            server.close();
        }
    }

    private static RawClient logIn(Heddle server, String user) throws IOException {
        RawClient client = RawClient.open(server.port(), "/acc");
        client.send(
                RawFrame.text(
                        "{\"cmd\":\"login\",\"data\":{\"appID\":101,\"userID\":\""
                                + user
                                + "\"}}"));
        assertTrue(client.readFrame().text().contains("\"code\":200"));
        return client;
    }
}
