package dev.heddle.broker.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.broker.Broker;
import dev.heddle.broker.Broker.Outcome;
import dev.heddle.broker.History;
import dev.heddle.broker.Message;
import dev.heddle.broker.OwnBrokerContract;
import dev.heddle.broker.Position;
import dev.heddle.broker.Range;
import dev.heddle.config.ChannelSettings;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// The engine in memory: the contract, and what it alone does.
class MemoryBrokerTest extends OwnBrokerContract {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);
    private final List<MemoryBroker> opened = new ArrayList<>();

    @Override
    protected Broker open(ChannelSettings settings) {
        MemoryBroker broker = new MemoryBroker(settings, now::get);
        opened.add(broker);
        return broker;
    }

    @Override
    protected void pass(Duration time) {
        now.addAndGet(time.toNanos());
        opened.forEach(MemoryBroker::sweep);
    }

    @Test
    void aChannelThatNobodyUsesIsForgottenAndNeverHasItsOldEpochAgain() {
        try (Broker broker = open(TestServer.settings().channels())) {
            Message message = message();
            Position first = broker.publish("a", message, false).position();
            pass(Duration.ofMinutes(61));
            History forgotten = broker.history("a", new Range.After(first, 1));
            assertNotEquals(first.epoch(), forgotten.position().epoch());
            assertEquals(0, forgotten.position().offset());
            assertFalse(forgotten.isWhole());
            assertNotEquals(first, broker.publish("a", message, false).position());
        }
    }

    private static ChannelSettings bounded(int kibibytes) {
        return TestServer.configured(Map.of("HEDDLE_CHANNELS_HISTORY_BYTES", kibibytes + "KiB"))
                .channels();
    }

    private static Message message() {
        return new Message("x", null, null, null);
    }

    @Test
    void aNameInWhichNothingWasPublishedLeavesNothingBehind() {
        try (Broker broker = open(bounded(64))) {
            String epoch = broker.history("a", new Range.Newest(1)).position().epoch();
            for (int i = 0; i < 1000; i++) {
                broker.attach("a" + i);
                broker.history("a" + i, new Range.Newest(1));
                broker.detach("a" + i);
            }
            assertEquals(0, broker.historyBytes());
            assertEquals(epoch, broker.history("a", new Range.Newest(1)).position().epoch());
        }
    }

    @Test
    void channelsInUseLeaveTheBoundToHistories() {
        try (Broker broker = open(bounded(64))) {
            broker.start((_, _, _) -> true);
            for (int i = 0; i < 1000; i++) {
                broker.attach("a" + i);
            }
            assertEquals(0, broker.historyBytes());
            for (int i = 0; i < 100; i++) {
                broker.publish("a0", message(), false);
            }
            assertEquals(100, broker.history("a0", new Range.Newest(1000)).publications().size());
        }
    }

    @Test
    void channelsThatNobodyUsesKeepToTheBoundAndTheLongestUnusedIsForgottenFirst() {
        try (Broker broker = open(bounded(64))) {
            Position first = broker.publish("first", message(), false).position();
            Position last = first;
            for (int i = 0; i < 10_000; i++) {
                last = broker.publish("a" + i, message(), false).position();
            }
            assertTrue(broker.historyBytes() <= 64 << 10, () -> broker.historyBytes() + " B");
            assertTrue(broker.history("a9999", new Range.After(last, 1)).isWhole());
            assertFalse(broker.history("first", new Range.After(first, 1)).isWhole());
        }
    }

    @Test
    void unusedChannelsDoNotCrowdOutHistories() {
        ChannelSettings settings =
                TestServer.configured(
                                Map.of(
                                        "HEDDLE_CHANNELS_HISTORY_BYTES",
                                        "64KiB",
                                        "HEDDLE_CHANNELS_RULES",
                                        "a* history=0"))
                        .channels();
        try (Broker broker = open(settings)) {
            for (int i = 0; i < 50; i++) {
                broker.publish("kept", message(), false);
            }
            for (int i = 0; i < 10_000; i++) {
                broker.publish("a" + i, message(), false);
            }
            assertTrue(broker.historyBytes() <= 64 << 10, () -> broker.historyBytes() + " B");
            assertEquals(50, broker.history("kept", new Range.Newest(1000)).publications().size());
        }
    }

    @Test
    void whatTheListenerRefusedMayBePublishedAgain() {
        AtomicBoolean takes = new AtomicBoolean();
        try (Broker broker = open(TestServer.settings().channels())) {
            broker.start((_, _, _) -> takes.get());
            broker.attach("a");
            Message named = new Message("x", null, "id", null);
            assertEquals(Outcome.REFUSED, broker.publish("a", named, true).outcome());
            takes.set(true);
            assertEquals(2, broker.publish("a", named, true).position().offset());
            assertEquals(2, broker.publish("a", named, true).position().offset());
        }
    }
}
