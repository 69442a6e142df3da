package dev.heddle.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.support.TestServer;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/// What [Broker] promises of positions and histories.
public abstract class HistoryContract extends BrokerTest {
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
}
