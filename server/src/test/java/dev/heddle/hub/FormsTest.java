package dev.heddle.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.frame.EncodedFrame;
import dev.heddle.support.Soon;
import dev.heddle.telemetry.Counters;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/// Who renders a fact, and how often.
class FormsTest {
    private final Counters counters = new Counters();
    private final Hub hub = new Hub(64, 1 << 20, counters);
    private final Fanout fanout = hub.fanout();
    private final CountingForm upper = new CountingForm("UPPER");
    private final CountingForm lower = new CountingForm("lower");
    private final List<Taker> takers = new ArrayList<>();

    @AfterEach
    void stop() {
        hub.stop();
        assertEquals(0, counters.bugs.sum());
    }

    /// A form that says its name, and remembers which thread asked.
    private static final class CountingForm implements Form {
        private final String name;
        private final List<Thread> askedBy = new CopyOnWriteArrayList<>();

        CountingForm(String name) {
            this.name = name;
        }

        @Override
        public EncodedFrame render(Fact fact) {
            askedBy.add(Thread.currentThread());
            return EncodedFrame.text(name);
        }
    }

    /// Wants everybody's coming but ann's.
    private static final class Taker extends SelectiveSubscriber {
        private final RecordingSubscriber client = new RecordingSubscriber();
        private final Form form;

        Taker(Form form) {
            this.form = form;
        }

        @Override
        protected Receiver receiver() {
            return client;
        }

        @Override
        protected Form form() {
            return form;
        }

        @Override
        protected boolean wants(Fact fact) {
            return !fact.equals(new Fact.Entered("ann"));
        }
    }

    private Taker taker(Form form) {
        Taker taker = new Taker(form);
        takers.add(taker);
        fanout.subscribe(taker);
        return taker;
    }

    private void expectReceived(int each) {
        Soon.untilAsserted(
                () -> {
                    for (Taker taker : takers) {
                        assertEquals(each, taker.client.received().size());
                    }
                });
    }

    @Test
    void thePublisherRendersAFactOnceForEachFormHoweverManyReceiversThereAre() {
        for (int i = 0; i < 10; i++) {
            taker(upper);
            taker(lower);
        }
        hub.start();
        assertTrue(fanout.publish(new Fact.Entered("bob")));
        expectReceived(1);
        assertEquals(List.of(Thread.currentThread()), upper.askedBy);
        assertEquals(List.of(Thread.currentThread()), lower.askedBy);
        assertEquals(List.of("UPPER"), takers.getFirst().client.received());
        assertEquals(List.of("lower"), takers.getLast().client.received());
        assertEquals(1, counters.publications.sum());
    }

    @Test
    void aFormThatNobodyTakesAnyMoreIsNotRendered() {
        Taker leaving = taker(upper);
        taker(lower);
        hub.start();
        fanout.publish(new Fact.Entered("bob"));
        expectReceived(1);
        takers.remove(leaving);
        fanout.unsubscribe(leaving);
        Soon.until(
                () -> {
                    int before = upper.askedBy.size();
                    fanout.publish(new Fact.Entered("bob"));
                    return upper.askedBy.size() == before;
                });
    }

    @Test
    void theHubRendersWhatWasPublishedBeforeAnybodyTookThatForm() {
        hub.start();
        Rendering early = fanout.render(new Fact.Entered("bob"));
        taker(upper);
        fanout.announce(early);
        expectReceived(1);
        assertEquals(1, upper.askedBy.size());
        assertNotEquals(Thread.currentThread(), upper.askedBy.getFirst());
    }

    @Test
    void whatAReceiverDoesNotWantIsPassedOver() {
        taker(upper);
        hub.start();
        fanout.publish(new Fact.Entered("ann"));
        fanout.publish(new Fact.Entered("bob"));
        fanout.publish(new Fact.Entered("ann"));
        fanout.publish(new Fact.Entered("cy"));
        expectReceived(2);
    }

    @Test
    void aFormThatFailsLeavesNoHalfBatch() {
        Batch batch = new Batch();
        for (String user : List.of("ann", "bob", "cy")) {
            batch.add(new Rendering(new Fact.Entered(user)), 0);
        }
        AtomicBoolean fails = new AtomicBoolean(true);
        Form form =
                fact -> {
                    if (fact.equals(new Fact.Entered("bob")) && fails.get()) {
                        throw new IllegalStateException("thrown by a test");
                    }
                    return EncodedFrame.text("a");
                };
        assertThrows(IllegalStateException.class, () -> batch.frames(form));
        assertThrows(IllegalStateException.class, () -> batch.frames(form));
        fails.set(false);
        assertEquals(3, batch.frames(form).size());
    }
}
