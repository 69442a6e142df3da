package dev.heddle.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.broker.Broker.Outcome;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/// What an engine promises beside [BrokerContract] that is in this process alone, and whose time a
/// test can let pass.
public abstract class OwnBrokerContract extends BrokerContract {
    /// Lets time pass for the engine.
    protected abstract void pass(Duration time);

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
    void itSaysWhetherTheListenerHasTakenIt() {
        listener = (_, _, _) -> false;
        assertEquals(
                Outcome.DELIVERED,
                broker.publish("a", message("nobody has to take it"), false).outcome());
        broker.attach("a");
        assertEquals(Outcome.REFUSED, broker.publish("a", message("x"), false).outcome());
    }
}
