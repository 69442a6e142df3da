package dev.heddle.broker.redis;

import dev.heddle.broker.Broker;
import dev.heddle.broker.Publication;
import dev.heddle.telemetry.Counters;

import java.util.concurrent.atomic.AtomicLong;

/// The receivers of publications, and the counters. **Thread-safe.**
final class Handover {
    /// The largest size of all inboxes together.
    private static final long MAX_BYTES = 32L << 20;

    private final Counters counters;
    private final AtomicLong waitingBytes = new AtomicLong();
    private volatile Broker.Listener listener = (_, _, _) -> false;
    private volatile Events events = new Events() {};

    /// The receiver of events about places.
    interface Events {
        /// An event was appended to a place's log. Never blocks.
        default void heard(String place, String epoch, Publication event) {}

        /// A place's log is heard from now on. Blocks as [Redis].
        default void begin(String place) {}

        /// Some of a place's log is lost. Blocks as [Redis].
        default void beginAgain(String place) {}

        /// Another node has said something. Never blocks.
        default void said(String text) {}
    }

    Handover(Counters counters) {
        this.counters = counters;
    }

    void listener(Broker.Listener to) {
        listener = to;
    }

    void events(Events to) {
        events = to;
    }

    /// Tells that a channel is heard from now on.
    void begun(String channel) {
        if (Keys.isEvents(channel)) {
            events.begin(Keys.placeOf(channel));
        }
    }

    /// Takes room for what is to wait in an inbox.
    ///
    /// @return whether there was room
    boolean reserve(int bytes) {
        if (waitingBytes.addAndGet(bytes) <= MAX_BYTES) {
            return true;
        }
        waitingBytes.addAndGet(-bytes);
        return false;
    }

    /// Gives room back.
    void release(int bytes) {
        waitingBytes.addAndGet(-bytes);
    }

    /// As [Broker.Listener#published].
    void published(String channel, String epoch, Publication publication) {
        if (Keys.isEvents(channel)) {
            events.heard(Keys.placeOf(channel), epoch, publication);
        } else {
            listener.published(channel, epoch, publication);
        }
    }

    /// As [Broker.Listener#lost].
    void lost(String channel) {
        if (Keys.isEvents(channel)) {
            events.beginAgain(Keys.placeOf(channel));
        } else {
            counters.engine.lost.increment();
            listener.lost(channel);
        }
    }

    /// Another node has said something.
    void said(String text) {
        events.said(text);
    }

    Counters counters() {
        return counters;
    }
}
