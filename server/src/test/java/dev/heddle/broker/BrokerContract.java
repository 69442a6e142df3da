package dev.heddle.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.broker.Broker.Outcome;
import dev.heddle.broker.Broker.Published;
import dev.heddle.support.Crew;
import dev.heddle.support.Patience;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.LongStream;

/// What [Broker] promises, of histories too, for every engine: a subclass for each.
public abstract class BrokerContract extends HistoryContract {
    @Test
    void whatIsPublishedIsPassedOnUntouched() {
        Message message = new Message("{\"n\":1.00, \"n\":[]}", "anna", "id", "bob");
        broker.publish("a", message, true);
        assertEquals(List.of(new Publication(1, message)), newest("a", 1).publications());
    }

    @Test
    void theListenerGetsWhatIsPublishedInAttachedChannelsInTheirOrder() {
        publish("a", "before");
        broker.attach("a");
        Position first = publish("a", "x");
        publish("b", "not attached");
        publish("a", "y");
        assertEquals(List.of("a/2=x", "a/3=y"), heard);
        assertEquals(first.epoch(), newest("a", 0).position().epoch());
    }

    @Test
    void aChannelIsAttachedUntilItIsDetachedAsOften() {
        broker.attach("a");
        broker.attach("a");
        broker.detach("a");
        publish("a", "x");
        broker.detach("a");
        publish("a", "y");
        assertEquals(List.of("a/1=x"), heard);
    }

    @Test
    void aPublicationIsInTheHistoryBeforeTheListenerGetsIt() {
        broker.attach("a");
        listener =
                (channel, epoch, publication) -> {
                    assertEquals(epoch, newest(channel, 1).position().epoch());
                    return heard.addAll(texts(newest(channel, 1)));
                };
        publish("a", "x");
        publish("a", "y");
        assertEquals(List.of("1=x", "2=y"), heard);
    }

    @Test
    void aListenerThatKeepsOneChannelWaitingKeepsNoOther() throws Exception {
        broker.attach("a");
        broker.attach("b");
        CountDownLatch goOn = new CountDownLatch(1);
        listener =
                (channel, epoch, publication) -> {
                    if (channel.equals("a")) {
                        goOn.await();
                    }
                    return hear(channel, epoch, publication);
                };
        try (Crew crew = new Crew()) {
            crew.start(() -> publish("a", "x"));
            publish("b", "y");
            newest("a", ALL);
            assertEquals(List.of("b/1=y"), heard);
            goOn.countDown();
            crew.join(Patience.BOUND);
        }
        assertEquals(List.of("b/1=y", "a/1=x"), heard);
    }

    @Test
    void anIdIsPublishedOnceByAUserInAChannel() {
        broker.attach("a");
        Position first = once("a", "anna", "1");
        publish("a", "x");
        assertEquals(first, once("a", "anna", "1"));
        assertEquals(2, newest("a", 0).position().offset());
        assertEquals(2, heard.size());
    }

    @Test
    void whoRepeatsAnIdIsToldWhetherTheDataIsTheSame() {
        broker.attach("a");
        Message first = new Message("{\"a\":1}", "anna", "1", null);
        Message other = new Message("{\"a\":2}", "anna", "1", null);
        Position place = broker.publish("a", first, true).position();
        assertFalse(broker.isIdTaken("a", first));
        assertTrue(broker.isIdTaken("a", other));
        assertFalse(broker.isIdTaken("b", other));
        assertEquals(new Published(place, Outcome.DUPLICATE), broker.publish("a", first, true));
        assertEquals(new Published(place, Outcome.ID_TAKEN), broker.publish("a", other, true));
        assertEquals(1, newest("a", 0).position().offset());
        assertEquals(1, heard.size());
    }

    @Test
    void anIdOfAnotherUserOrChannelIsAnotherId() {
        Set<Position> positions = new TreeSet<>((a, b) -> Long.compare(a.offset(), b.offset()));
        positions.add(once("a", "anna", "1"));
        positions.add(once("a", "anna", "2"));
        positions.add(once("a", "bob", "1"));
        positions.add(once("a", null, "1"));
        positions.add(once("a", "anna\n1", "1"));
        positions.add(once("a", "anna", "1\n1"));
        assertEquals(6, positions.size());
        publish("b", "x");
        assertEquals(2, once("b", "anna", "1").offset());
    }

    @Test
    void whoDoesNotAskForItMayPublishAnIdTwice() {
        broker.publish("a", new Message("x", "anna", "1", null), false);
        Published second = broker.publish("a", new Message("x", "anna", "1", null), false);
        assertEquals(2, second.position().offset());
    }

    @Test
    void anIdIsRememberedWhenItsPublicationIsNotInTheHistoryAnyMore() {
        Position first = once("few:1", "anna", "1");
        publishMany("few:1", 5, "x");
        assertEquals(first, once("few:1", "anna", "1"));
    }

    @Test
    void whatWasPublishedWithoutAnIdIsNeverTheSame() {
        Message message = message("x");
        assertEquals(1, broker.publish("a", message, true).position().offset());
        assertEquals(2, broker.publish("a", message, true).position().offset());
    }

    @Test
    void ofManyWhoPublishAnIdAtTheSameTimeOneDoes() throws Exception {
        broker.attach("a");
        Set<Position> positions = ConcurrentHashMap.newKeySet();
        CyclicBarrier together = new CyclicBarrier(8);
        try (Crew crew = new Crew()) {
            for (int i = 0; i < 8; i++) {
                crew.start(
                        () -> {
                            for (int round = 0; round < 100; round++) {
                                together.await();
                                positions.add(once("a", "anna", "id " + round));
                            }
                        });
            }
            crew.join(Patience.BOUND);
        }
        assertEquals(100, positions.size());
        assertEquals(100, newest("a", 0).position().offset());
        assertEquals(100, heard.size());
    }

    @Test
    void manyWhoPublishAtTheSameTimeMakeOneOrderForAll() throws Exception {
        int publishers = 6;
        int each = 200;
        broker.attach("large:1");
        broker.attach("large:2");
        Map<String, String> acknowledged = new ConcurrentHashMap<>();
        try (Crew crew = new Crew()) {
            for (int publisher = 0; publisher < publishers; publisher++) {
                String name = "p" + publisher;
                crew.start(
                        () -> {
                            for (int i = 0; i < each; i++) {
                                String channel = "large:" + (1 + i % 2);
                                String data = name + "-" + i;
                                long offset = publish(channel, data).offset();
                                acknowledged.put(channel + "/" + offset + "=" + data, "");
                            }
                        });
            }
            crew.join(Patience.BOUND);
        }
        assertEquals(publishers * each, acknowledged.size());
        assertEquals(acknowledged.keySet(), Set.copyOf(heard));
        for (String channel : List.of("large:1", "large:2")) {
            List<Long> offsets =
                    heard.stream()
                            .filter(line -> line.startsWith(channel))
                            .map(line -> line.substring(8, line.indexOf('=')))
                            .map(Long::valueOf)
                            .toList();
            assertEquals(
                    LongStream.rangeClosed(1, publishers * each / 2).boxed().toList(), offsets);
        }
    }

    @Test
    void whoAttachesAndThenReadsTheHistoryMissesNothing() throws Exception {
        int many = 2_000;
        try (Crew crew = new Crew()) {
            crew.start(() -> publishMany("large:1", many, "x"));
            while (newest("large:1", 0).position().offset() < many / 2) {
                Thread.onSpinWait();
            }
            broker.attach("large:1");
            long known = newest("large:1", 0).position().offset();
            crew.join(Patience.BOUND);
            List<String> missed =
                    LongStream.rangeClosed(known + 1, many)
                            .mapToObj(offset -> "large:1/" + offset + "=x")
                            .toList();
            assertTrue(heard.containsAll(missed), () -> "after " + known + ": " + heard);
        }
    }
}
