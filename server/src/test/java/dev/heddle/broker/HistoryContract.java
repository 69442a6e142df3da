package dev.heddle.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.util.List;

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
    void theHistoryOfAChannelTakesNoMoreBytesThanTheRuleSays() {
        publishMany("small:1", 20, "x".repeat(500));
        List<Publication> kept = newest("small:1", ALL).publications();
        assertEquals(20, kept.getLast().offset());
        assertTrue(kept.size() <= 8, () -> "kept " + kept.size());
        assertTrue(kept.size() >= 4, () -> "kept " + kept.size());
        publish("small:1", "x".repeat(5_000));
        assertEquals(List.of(), texts(newest("small:1", ALL)));
    }
}
