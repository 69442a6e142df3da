package dev.heddle.hub;

import dev.heddle.frame.EncodedFrame;
import dev.heddle.telemetry.Counters;
import dev.heddle.telemetry.event.Broadcast;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// Hands the batch of a fan-out to each of its subscribers: first to all as far as they have room,
/// then waits for those that the server itself has not served yet, all at once. Nobody waits for a
/// peer that takes nothing. Owned by the hub's loop.
final class Distribution {
    /// How long one subscriber is waited for before all that are behind are looked at again.
    private static final long PATIENCE_MILLIS = 10;

    private final Counters counters;
    private final Subscribers subscribers;
    private final Batch batch;
    private final List<Behind> behind = new ArrayList<>(0);

    /// @param batch what is published, in order; not empty
    Distribution(Subscribers subscribers, Batch batch, Counters counters) {
        this.subscribers = subscribers;
        this.batch = batch;
        this.counters = counters;
    }

    /// A subscriber that had no room for the whole batch.
    private final class Behind {
        private final Subscriber subscriber;
        private int next;

        Behind(Subscriber subscriber, int next) {
            this.subscriber = subscriber;
            this.next = next;
        }

        void await() {
            try {
                subscriber.awaitRoom(missing().length(), PATIENCE_MILLIS);
            } catch (RuntimeException | Error bug) {
                end(subscriber, bug);
                next = batch.size();
            }
        }

        private EncodedFrame missing() {
            return batch.frames(subscriber.form()).get(next);
        }

        /// Offers it what is left.
        ///
        /// @return whether it need not be waited for any more
        boolean settle() {
            next = offer(subscriber, next);
            return next == batch.size() || isSetAside();
        }

        /// @return whether it need not be waited for
        boolean isSetAside() {
            try {
                return switch (subscriber.lag()) {
                    case AWAITED -> false;
                    case SET_ASIDE -> {
                        next = offer(subscriber, next);
                        yield next == batch.size();
                    }
                    case TOO_SLOW -> {
                        subscribers.remove(subscriber);
                        yield true;
                    }
                };
            } catch (RuntimeException | Error bug) {
                end(subscriber, bug);
                return true;
            }
        }
    }

    /// Distributes the batch. Goes backwards, so that removing the current subscriber moves only
    /// one that has been served.
    void distribute() {
        counters.publications.add(batch.size());
        if (subscribers.size() == 0) {
            return;
        }
        Broadcast broadcast = Broadcast.started(subscribers.size(), batch.size());
        Subscriber last = subscribers.at(0);
        Subscriber any = subscribers.at(ThreadLocalRandom.current().nextInt(subscribers.size()));
        for (int i = subscribers.size() - 1; i >= 0; i--) {
            Subscriber subscriber = subscribers.at(i);
            int next = offer(subscriber, 0);
            if (next < batch.size()) {
                Behind late = new Behind(subscriber, next);
                if (!late.isSetAside()) {
                    behind.add(late);
                }
            }
        }
        awaitThoseBehind();
        measure(broadcast, last, any);
    }

    /// The writers take outboxes in the order in which they were offered something, so the last one
    /// stands for all; how long a delivery takes is known from one receiver of each distribution,
    /// drawn by lot: so that nothing is paid for each delivery.
    private void measure(Broadcast broadcast, Subscriber last, Subscriber any) {
        long publishedNanos = batch.publishedNanos();
        broadcast.allQueued(batch.bytes());
        whenWritten(any, () -> counters.times.delivery(publishedNanos));
        whenWritten(
                last,
                () -> {
                    broadcast.emit();
                    counters.times.broadcast(publishedNanos);
                });
    }

    private void whenWritten(Subscriber subscriber, Runnable action) {
        try {
            subscriber.whenWritten(action);
        } catch (RuntimeException | Error bug) {
            counters.bug(bug);
        }
    }

    private void awaitThoseBehind() {
        while (!behind.isEmpty()) {
            behind.getFirst().await();
            behind.removeIf(Behind::settle);
        }
    }

    /// @return the first fact that was not taken; all count as taken when the subscriber throws,
    ///   which ends it alone
    private int offer(Subscriber subscriber, int from) {
        try {
            return from == batch.size() ? from : subscriber.offer(batch, from);
        } catch (RuntimeException | Error bug) {
            end(subscriber, bug);
            return batch.size();
        }
    }

    private void end(Subscriber subscriber, Throwable bug) {
        counters.bug(bug);
        subscribers.remove(subscriber);
        try {
            subscriber.goAway();
        } catch (RuntimeException | Error another) {
            counters.bug(another);
        }
    }
}
