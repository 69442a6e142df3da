package dev.heddle.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.buffer.BufferPool;
import dev.heddle.config.MessageRates;
import dev.heddle.frame.EncodedFrame;
import dev.heddle.hub.Fact;
import dev.heddle.hub.Fanout;
import dev.heddle.hub.Hub;
import dev.heddle.outbox.OutboxContext;
import dev.heddle.session.AllSessions;
import dev.heddle.session.BroadcastEndpoint;
import dev.heddle.session.ClientSession;
import dev.heddle.session.EndpointSessions;
import dev.heddle.support.RecordingTransport;
import dev.heddle.support.Soon;
import dev.heddle.support.TestOutboxes;
import dev.heddle.telemetry.Counters;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// Many publishers and many sessions on one hub, with real outboxes and writers.
class HubStressIT {
    private static final byte[] RESPONSE = EncodedFrame.text("welcome").bytes();
    private static final int PUBLISHERS = 4;
    private static final int SOME = 1000;

    private final Counters counters = new Counters();
    private final BufferPool buffers = new BufferPool(1024, 64);
    private final OutboxContext context =
            new TestOutboxes(buffers, counters).context(8, 10_000, 500);
    private final Hub hub = new Hub(64, 1 << 20, counters);
    private final Fanout fanout = hub.fanout();
    private final List<RecordingTransport> peers = new ArrayList<>();
    private final AtomicInteger visitors = new AtomicInteger();

    @BeforeEach
    void start() {
        hub.start();
    }

    @AfterEach
    void stop() {
        hub.stop();
    }

    /// An open session, whose peer takes all that is written.
    private ClientSession open(RecordingTransport peer) {
        ClientSession session =
                EndpointSessions.of(
                                new BroadcastEndpoint(new AllSessions(fanout)),
                                MessageRates.UNLIMITED,
                                fanout)
                        .session(peer, context, Optional.empty());
        session.open();
        session.outbox().begin(RESPONSE);
        return session;
    }

    private List<ClientSession> open(int count) {
        List<ClientSession> sessions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RecordingTransport peer = new RecordingTransport();
            peers.add(peer);
            sessions.add(open(peer));
        }
        return sessions;
    }

    /// Publishes some, and goes on while there are visitors.
    ///
    /// @return how many
    private int publish(int publisher) {
        int count = 0;
        while (count < SOME || visitors.get() > 0) {
            assertTrue(fanout.publish(new Fact.Raw(EncodedFrame.text(publisher + ":" + count++))));
        }
        return count;
    }

    private List<Integer> publishAll(ExecutorService threads) throws Exception {
        List<Callable<Integer>> publishers =
                IntStream.range(0, PUBLISHERS)
                        .<Callable<Integer>>mapToObj(publisher -> () -> publish(publisher))
                        .toList();
        List<Integer> counts = new ArrayList<>();
        for (Future<Integer> done : threads.invokeAll(publishers)) {
            counts.add(done.get());
        }
        return counts;
    }

    /// What every peer got, which must be the same, and each publisher's messages in their order.
    private List<String> theOneOrder(List<Integer> counts) {
        int all = 1 + counts.stream().mapToInt(Integer::intValue).sum();
        Soon.until(() -> peers.stream().allMatch(peer -> peer.frames().size() == all));
        List<String> order = peers.getFirst().frames();
        peers.forEach(peer -> assertEquals(order, peer.frames()));
        for (int publisher = 0; publisher < PUBLISHERS; publisher++) {
            String mine = "text " + publisher + ":";
            List<String> sent =
                    IntStream.range(0, counts.get(publisher)).mapToObj(i -> mine + i).toList();
            assertEquals(sent, order.stream().filter(text -> text.startsWith(mine)).toList());
        }
        return order;
    }

    @Test
    void allSeeOneOrderWhileOthersComeAndGo() throws Exception {
        List<ClientSession> staying = open(5);
        visitors.set(4);
        List<List<String>> visits = new ArrayList<>();
        List<Integer> counts;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<List<String>>>> visiting =
                    IntStream.range(0, 4).mapToObj(_ -> threads.submit(this::visit)).toList();
            counts = publishAll(threads);
            for (Future<List<List<String>>> visitor : visiting) {
                visits.addAll(visitor.get());
            }
        }
        List<String> order = theOneOrder(counts);
        visits.forEach(visit -> assertIsPartOf(order, visit.subList(1, visit.size())));
        staying.forEach(ClientSession::end);
        Soon.until(() -> fanout.subscribers() == 0 && buffers.leased() == 0);
        assertEquals(0, counters.slowConsumers.sum() + counters.bugs.sum());
    }

    /// Opens and ends sessions, and tells what each of them got.
    private List<List<String>> visit() {
        List<List<String>> visits = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            RecordingTransport peer = new RecordingTransport();
            ClientSession session = open(peer);
            Soon.until(() -> peer.frames().size() > 5);
            session.end();
            session.outbox().awaitFlushed();
            visits.add(peer.frames());
        }
        visitors.decrementAndGet();
        return visits;
    }

    private static void assertIsPartOf(List<String> order, List<String> part) {
        int start = order.indexOf(part.getFirst());
        assertEquals(order.subList(start, start + part.size()), part);
    }

    @Test
    void aBusyServerDropsNoReceiverThatReads() throws Exception {
        open(100);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            theOneOrder(publishAll(threads));
        }
        assertEquals(0, counters.slowConsumers.sum());
        assertEquals(100, fanout.subscribers());
    }
}
