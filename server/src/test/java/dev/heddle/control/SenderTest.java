package dev.heddle.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.Heddle;
import dev.heddle.hub.Hub;
import dev.heddle.support.AccClient;
import dev.heddle.support.TestServer;
import dev.heddle.user.ConnectionNames;
import dev.heddle.user.Message;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

class SenderTest {
    @RegisterExtension static final TestServer SERVER = new TestServer(TestServer.settings());

    private static final Message MESSAGE = new Message("1", "ops", "text");
    private static final Receivers ANN = new Receivers.User("ann");

    private People people;
    private Sender sender;
    private AccClient ann;

    @BeforeEach
    void login() throws IOException {
        Heddle heddle = SERVER.heddle();
        people =
                People.of(
                        heddle.rooms(),
                        heddle.userConnections(),
                        new Callees(ConnectionNames.random()),
                        new Hub(1, 1, heddle.counters()).fanout());
        sender = new Sender(people, new OwnMessageIds(10), 4);
        ann = AccClient.login(SERVER.port(), 101, "ann");
    }

    @AfterEach
    void logout() throws IOException {
        ann.close();
    }

    @Test
    void aUserGetsItOnceWhereverTheUserIs() throws IOException {
        assertEquals(List.of(101), people.placesOf("ann"));
        assertEquals(SendOutcome.SENT, sender.once(MESSAGE, ANN));
        assertEquals(SendOutcome.DUPLICATE, sender.once(MESSAGE, ANN));
        assertTrue(ann.next().startsWith("{\"seq\":\"1\",\"cmd\":\"msg\""));
        ann.requireNothing();
    }

    @Test
    void noTwoReceiversAreTheSame() throws IOException {
        assertEquals(SendOutcome.SENT, sender.once(MESSAGE, ANN));
        List<Receivers> others =
                List.of(
                        new Receivers.User("101 user ann"),
                        new Receivers.UserInRoom(101, "ann"),
                        new Receivers.Room(101, null),
                        new Receivers.Room(101, "null"),
                        new Receivers.Connection(101),
                        Receivers.Everybody.ROOMS,
                        Receivers.Everybody.WS,
                        Receivers.Everybody.ALL);
        for (Receivers other : others) {
            assertEquals(SendOutcome.ID_TAKEN, sender.once(MESSAGE, other), other.toString());
        }
        assertEquals(SendOutcome.DUPLICATE, sender.once(MESSAGE, ANN));
        ann.next();
        ann.requireNothing();
    }

    @Test
    void anIdIsFreeAgainWhenNobodyIsThere() throws IOException {
        assertEquals(SendOutcome.NOT_TAKEN, sender.once(MESSAGE, new Receivers.User("nobody")));
        assertEquals(SendOutcome.NOT_TAKEN, sender.once(MESSAGE, new Receivers.Room(9, null)));
        assertEquals(SendOutcome.NOT_TAKEN, sender.once(MESSAGE, new Receivers.Connection(0)));
        assertEquals(SendOutcome.SENT, sender.once(MESSAGE, new Receivers.Room(101, "bob")));
        ann.next();
        ann.requireNothing();
    }

    @Test
    void theFirstFlawIsTold() {
        String tooLong = "x".repeat(dev.heddle.broker.Message.MAX_ID_BYTES + 1);
        assertEquals(Optional.empty(), sender.flaw(MESSAGE));
        assertEquals(Flaw.Part.ID, flaw(new Message(tooLong, tooLong, "longer")));
        assertEquals(Flaw.Part.SENDER, flaw(new Message("", tooLong, "longer")));
        assertEquals(Flaw.Part.TEXT, flaw(new Message("", "", "longer")));
    }

    private Flaw.Part flaw(Message message) {
        return sender.flaw(message).orElseThrow().part();
    }
}
