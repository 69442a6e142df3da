package dev.heddle.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.heddle.config.ChannelSettings;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// The engine in memory: the contract, and what it alone does.
class MemoryBrokerTest extends BrokerContract {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);
    private final List<MemoryBroker> opened = new ArrayList<>();

    @Override
    Broker open(ChannelSettings settings) {
        MemoryBroker broker = new MemoryBroker(settings, now::get);
        opened.add(broker);
        return broker;
    }

    @Override
    void pass(Duration time) {
        now.addAndGet(time.toNanos());
        opened.forEach(MemoryBroker::sweep);
    }

    @Test
    void aChannelThatNobodyUsesIsForgottenAndNeverHasItsOldEpochAgain() {
        try (Broker broker = open(TestServer.settings().channels())) {
            Message message = new Message("x", null, null, null);
            Position first = broker.publish("a", message, false).position();
            pass(Duration.ofMinutes(61));
            History forgotten = broker.history("a", new Range.After(first, 1));
            assertNotEquals(first.epoch(), forgotten.position().epoch());
            assertEquals(0, forgotten.position().offset());
            assertFalse(forgotten.isWhole());
            assertNotEquals(first, broker.publish("a", message, false).position());
        }
    }
}
