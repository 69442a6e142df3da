package dev.heddle.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.broker.Broker.Published;
import dev.heddle.config.ChannelSettings;
import dev.heddle.support.Crew;
import dev.heddle.support.TestServer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// What [Broker] promises, for every engine: a subclass for each.
@Timeout(60)
abstract class BrokerContract {
    private static final int ALL = Integer.MAX_VALUE;
    private static final String RULES =
            "few:* history=3, brief:* history-ttl=1m, small:* history-bytes=4KiB, none:* history=0,"
                    + " large:* history=100000 history-bytes=1MiB";

    private static final int TOTAL_BYTES = 40 << 10;

    /// What the listener has got, in the order of its coming.
    private final List<String> heard = Collections.synchronizedList(new ArrayList<>());

    private volatile Listener listener = this::hear;
    private Broker broker;

    /// As [Broker.Listener], but may be interrupted.
    private interface Listener {
        boolean published(String channel, String epoch, Publication publication)
                throws InterruptedException;
    }

    /// A new engine that has not been started.
    abstract Broker open(ChannelSettings settings);

    /// Lets time pass for the engine.
    abstract void pass(Duration time);

    @BeforeEach
    void start() {
        broker =
                open(
                        TestServer.configured(
                                        Map.of(
                                                "HEDDLE_CHANNELS_RULES",
                                                RULES,
                                                "HEDDLE_CHANNELS_HISTORY_BYTES",
                                                Integer.toString(TOTAL_BYTES)))
                                .channels());
        broker.start(this::tell);
    }

    @AfterEach
    void close() {
        broker.close();
    }

    @Test
    void offsetsOfEachChannelBeginAtOneAndGrowByOne() {
        assertEquals(1, publish("a", "x").offset());
        assertEquals(2, publish("a", "x").offset());
        assertEquals(1, publish("b", "x").offset());
        assertEquals(3, publish("a", "x").offset());
    }

    @Test
    void aChannelIsAtOffsetZeroUntilSomethingIsPublished() {
        History empty = newest("a", ALL);
        assertEquals(0, empty.position().offset());
        assertEquals(List.of(), empty.publications());
        assertEquals(empty, newest("a", ALL));
        assertEquals(empty.position().epoch(), publish("a", "x").epoch());
        History missed = after("a", empty.position(), ALL);
        assertTrue(missed.isWhole());
        assertEquals(List.of("1=x"), texts(missed));
    }

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
    void itSaysWhetherTheListenerHasTakenIt() {
        listener = (_, _, _) -> false;
        assertTrue(broker.publish("a", message("nobody has to take it"), false).isDelivered());
        broker.attach("a");
        assertFalse(broker.publish("a", message("x"), false).isDelivered());
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
            crew.join(Duration.ofSeconds(30));
        }
        assertEquals(List.of("b/1=y", "a/1=x"), heard);
    }

    @Test
    void theHistoryAfterAPositionIsWhatWasPublishedSince() {
        Position first = publish("a", "x");
        assertEquals(List.of(), texts(after("a", first, ALL)));
        publish("a", "y");
        Position last = publish("a", "z");
        History missed = after("a", first, ALL);
        assertEquals(new History(last, missed.publications(), true), missed);
        assertEquals(List.of("2=y", "3=z"), texts(missed));
        assertEquals(List.of("1=x", "2=y"), texts(after("a", at(first, 0), 2)));
        assertEquals(List.of(), texts(after("a", first, 0)));
    }

    @Test
    void theNewestAreTheLastInTheirOrder() {
        for (String data : List.of("x", "y", "z")) {
            publish("a", data);
        }
        assertEquals(List.of("2=y", "3=z"), texts(newest("a", 2)));
        assertEquals(List.of("1=x", "2=y", "3=z"), texts(newest("a", ALL)));
        History none = newest("a", 0);
        assertEquals(List.of(), texts(none));
        assertEquals(3, none.position().offset());
    }

    @Test
    void thereIsNoWayBackToAPositionThatNeverWas() {
        Position first = publish("a", "x");
        requireGone("a", new Position(first.epoch() + "x", 1), first);
        requireGone("a", new Position("", 0), first);
        requireGone("a", at(first, 2), first);
        requireGone("a", at(first, Long.MAX_VALUE), first);
    }

    @Test
    void theHistoryKeepsAsManyAsTheRuleSays() {
        Position last = publishMany("few:1", 5, "x");
        assertEquals(List.of("3=x", "4=x", "5=x"), texts(newest("few:1", ALL)));
        assertEquals(3, after("few:1", at(last, 2), ALL).publications().size());
        requireGone("few:1", at(last, 1), last);
    }

    @Test
    void aChannelWithoutHistoryHasPositions() {
        Position last = publishMany("none:1", 2, "x");
        assertEquals(2, last.offset());
        assertEquals(List.of(), texts(newest("none:1", ALL)));
        assertTrue(after("none:1", last, ALL).isWhole());
        requireGone("none:1", at(last, 1), last);
    }

    @Test
    void theHistoryKeepsWhatIsYoungEnough() {
        publish("brief:1", "old");
        pass(Duration.ofSeconds(40));
        Position last = publish("brief:1", "young");
        assertEquals(List.of("1=old", "2=young"), texts(newest("brief:1", ALL)));
        pass(Duration.ofSeconds(40));
        assertEquals(List.of("2=young"), texts(newest("brief:1", ALL)));
        requireGone("brief:1", at(last, 0), last);
        assertEquals(List.of("2=young"), texts(after("brief:1", at(last, 1), ALL)));
        pass(Duration.ofSeconds(40));
        assertEquals(List.of(), texts(newest("brief:1", ALL)));
        requireGone("brief:1", at(last, 1), last);
        assertTrue(after("brief:1", last, ALL).isWhole());
        assertEquals(at(last, 3), publish("brief:1", "next"));
    }

    @Test
    void theHistoryOfAChannelTakesNoMoreBytesThanTheRuleSays() {
        publishMany("small:1", 20, "x".repeat(500));
        List<Publication> kept = newest("small:1", ALL).publications();
        assertEquals(20, kept.getLast().offset());
        assertTrue(kept.size() <= 8, () -> "kept " + kept.size());
        assertTrue(kept.size() >= 4, () -> "kept " + kept.size());
        publish("small:1", "x".repeat(5_000));
        assertEquals(List.of(), texts(newest("small:1", ALL)));
    }

    @Test
    void allHistoriesTogetherTakeNoMoreBytesThanTheSettingSaysAndLoseTheOldestFirst() {
        publishMany("large:1", 50, "x".repeat(500));
        publishMany("large:2", 50, "x".repeat(500));
        Position last = publishMany("large:1", 50, "x".repeat(500));
        assertTrue(broker.historyBytes() <= TOTAL_BYTES, () -> "bytes " + broker.historyBytes());
        List<Publication> one = newest("large:1", ALL).publications();
        List<Publication> two = newest("large:2", ALL).publications();
        assertEquals(IntStream.rangeClosed(51, 100).boxed().toList(), offsets(one));
        assertTrue(!two.isEmpty() && two.size() < 50, () -> "kept " + two.size());
        assertEquals(50, two.getLast().offset());
        requireGone("large:1", at(last, 10), last);
    }

    @Test
    void whatIsDroppedIsNotCounted() {
        publishMany("few:1", 100, "x".repeat(500));
        assertTrue(broker.historyBytes() < 3_000, () -> "bytes " + broker.historyBytes());
        assertTrue(broker.historyBytes() >= 1_500, () -> "bytes " + broker.historyBytes());
        publish("brief:1", "x".repeat(500));
        pass(Duration.ofHours(1));
        newest("brief:1", 0);
        newest("few:1", 0);
        assertEquals(0, broker.historyBytes());
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
            crew.join(Duration.ofSeconds(50));
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
            crew.join(Duration.ofSeconds(50));
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
            crew.join(Duration.ofSeconds(50));
            List<String> missed =
                    LongStream.rangeClosed(known + 1, many)
                            .mapToObj(offset -> "large:1/" + offset + "=x")
                            .toList();
            assertTrue(heard.containsAll(missed), () -> "after " + known + ": " + heard);
        }
    }

    @Test
    void theEpochStaysWhileTheChannelIsAttached() {
        broker.attach("a");
        Position first = publish("a", "x");
        pass(Duration.ofDays(2));
        assertEquals(first, newest("a", 0).position());
        assertEquals(at(first, 2), publish("a", "y"));
    }

    @Test
    void anotherEngineHasOtherEpochs() {
        try (Broker other = open(TestServer.settings().channels())) {
            assertNotEquals(
                    newest("a", 0).position().epoch(),
                    other.history("a", new Range.Newest(0)).position().epoch());
        }
    }

    private boolean tell(String channel, String epoch, Publication publication) {
        try {
            return listener.published(channel, epoch, publication);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private boolean hear(String channel, String epoch, Publication publication) {
        return heard.add(channel + "/" + text(publication));
    }

    private Position publish(String channel, String data) {
        return broker.publish(channel, message(data), false).position();
    }

    private Position publishMany(String channel, int times, String data) {
        for (int i = 1; i < times; i++) {
            publish(channel, data);
        }
        return publish(channel, data);
    }

    private Position once(String channel, @Nullable String user, String id) {
        return broker.publish(channel, new Message("x", user, id, null), true).position();
    }

    private static Message message(String data) {
        return new Message(data, null, null, null);
    }

    private History newest(String channel, int limit) {
        return broker.history(channel, new Range.Newest(limit));
    }

    private History after(String channel, Position since, int limit) {
        return broker.history(channel, new Range.After(since, limit));
    }

    private void requireGone(String channel, Position since, Position present) {
        assertEquals(new History(present, List.of(), false), after(channel, since, ALL));
    }

    private static Position at(Position position, long offset) {
        return new Position(position.epoch(), offset);
    }

    private static List<Integer> offsets(List<Publication> publications) {
        return publications.stream().map(each -> (int) each.offset()).toList();
    }

    private static List<String> texts(History history) {
        return history.publications().stream().map(BrokerContract::text).toList();
    }

    private static String text(Publication publication) {
        return publication.offset() + "=" + publication.message().data();
    }
}
