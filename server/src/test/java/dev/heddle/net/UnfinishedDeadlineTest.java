package dev.heddle.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.config.Deadlines;
import dev.heddle.config.Limits;
import dev.heddle.config.Settings;
import dev.heddle.endpoint.Endpoint;
import dev.heddle.endpoint.Message;
import dev.heddle.endpoint.Session;
import dev.heddle.session.EchoEndpoint;
import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;
import dev.heddle.support.Soon;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// The message deadline, where the server has no room for the message.
class UnfinishedDeadlineTest {
    static final int ROOM = 16 << 10;

    /// So many whole messages take all room: one is put apart, one fills the bound, and the next
    /// one goes over it.
    private static final int FILLING = 3;

    private static final Deadlines DEADLINES = Settings.defaults().deadlines();

    private final CountDownLatch gate = new CountDownLatch(1);
    private final AtomicInteger handled = new AtomicInteger();

    /// Echoes once the gate is open.
    private final class GatedEcho implements Endpoint {
        @Override
        public void opened(Session session) {}

        @Override
        public void message(Session session, Message message) {
            handled.incrementAndGet();
            try {
                gate.await();
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
            new EchoEndpoint().message(session, message);
        }

        @Override
        public void closed(Session session) {}
    }

    @Test
    void timeThatTheServerMakesAClientWaitDoesNotCount() throws Exception {
        List<RawClient> clients = new ArrayList<>();
        try (HandTurnedServer server = new HandTurnedServer(new GatedEcho(), DEADLINES, limits());
                RawClient waiting = RawClient.open(server.port(), "/")) {
            for (int i = 1; i <= FILLING; i++) {
                RawClient client = RawClient.open(server.port(), "/");
                clients.add(client);
                client.send(RawFrame.binary(new byte[ROOM * 3 / 4]));
                int arrived = i;
                Soon.until(() -> handled.get() == arrived);
            }
            long before = server.counters.unfinishedWaits.sum();
            waiting.send(RawFrame.text("a").unfinished());
            Soon.until(() -> server.counters.unfinishedWaits.sum() > before);
            server.turn(2 * (int) DEADLINES.receiving().message().toMillis());
            gate.countDown();
            Soon.until(() -> server.unfinished.held() < ROOM);
            waiting.send(RawFrame.of(RawFrame.CONTINUATION, (byte) 'b'));
            assertEquals("ab", waiting.readFrame().text());
            for (RawClient client : clients) {
                assertEquals(ROOM * 3 / 4, client.readFrame().payload().length);
                client.close();
            }
        }
    }

    /// The usual ones, with [#ROOM] for unfinished messages.
    static Limits limits() {
        Limits usual = Settings.defaults().limits();
        return new Limits(usual.head(), usual.connections(), usual.hub(), ROOM, 0, usual.paces());
    }
}
