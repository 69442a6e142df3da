package dev.heddle.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.support.Property;
import dev.heddle.telemetry.Counters;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

class TimingWheelPropertyTest {
    private static final int NOT_DUE = -1;

    /// What a wheel should do, the slow way: an entry knows the tick that it is due in.
    private static final class Modelled extends TimingWheel.Entry {
        private final Random random;
        private int due = NOT_DUE;
        private boolean cancelled;

        Modelled(Random random) {
            this.random = random;
        }

        void schedule(TimingWheel wheel, int tick, int delayMillis) {
            wheel.schedule(this, delayMillis);
            if (!cancelled) {
                due = tick + ticks(delayMillis);
            }
        }

        void cancel(TimingWheel wheel) {
            wheel.cancel(this);
            cancelled = true;
            due = NOT_DUE;
        }

        @Override
        int visit(int nowMillis) {
            int tick = nowMillis / TimingWheel.TICK_MILLIS - 1;
            assertEquals(due, tick);
            int delay = delay(random);
            due = tick + ticks(delay);
            return delay;
        }

        private static int ticks(int delayMillis) {
            return Math.max(1, (delayMillis + 49) / 50);
        }
    }

    /// Mostly short, sometimes about a round of the wheel, sometimes several.
    private static int delay(Random random) {
        return random.nextInt(random.nextBoolean() ? 500 : random.nextInt(60_000, 200_000));
    }

    @Test
    void visitsEachEntryWhenAndOnlyWhenItIsDue() {
        Property.holds(
                20,
                random -> {
                    Counters counters = new Counters();
                    TimingWheel wheel = new TimingWheel(counters);
                    List<Modelled> entries = new ArrayList<>();
                    for (int tick = 0; tick < 6000; tick++) {
                        if (entries.size() < 200) {
                            entries.add(new Modelled(random));
                        }
                        Modelled entry = entries.get(random.nextInt(entries.size()));
                        switch (random.nextInt(8)) {
                            case 0 -> entry.cancel(wheel);
                            case 1, 2 -> entry.schedule(wheel, tick, delay(random));
                            default -> {}
                        }
                        wheel.advance();
                        for (Modelled each : entries) {
                            assertTrue(
                                    each.due == NOT_DUE || each.due > tick + 1,
                                    "missed one of tick " + each.due);
                        }
                    }
                    assertEquals(0, counters.bugs.sum());
                });
    }

    @Test
    void losesNobodyWhileManyThreadsUseIt() throws Exception {
        TimingWheel wheel = new TimingWheel(new Counters());
        List<AtomicInteger> visits = new ArrayList<>();
        List<Future<?>> users = new ArrayList<>();
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            Future<?> turning =
                    threads.submit(
                            () -> {
                                while (!Thread.interrupted()) {
                                    wheel.advance();
                                }
                            });
            for (int i = 0; i < 200; i++) {
                AtomicInteger count = new AtomicInteger();
                visits.add(count);
                boolean leaves = i % 2 == 0;
                users.add(threads.submit(() -> use(wheel, count, leaves)));
            }
            for (Future<?> user : users) {
                user.get();
            }
            turning.cancel(true);
        }
        List<TimingWheel.Entry> left = new ArrayList<>();
        wheel.forEach(left::add);
        assertEquals(100, left.size(), "half of them were cancelled");
        visits.forEach(count -> count.set(0));
        for (int tick = 0; tick < 1200; tick++) {
            wheel.advance();
        }
        assertEquals(100, visits.stream().filter(count -> count.get() > 0).count());
    }

    /// An entry that others schedule all the time, and that leaves in the end or stays.
    private static void use(TimingWheel wheel, AtomicInteger count, boolean leaves) {
        TimingWheel.Entry entry =
                new TimingWheel.Entry() {
                    @Override
                    int visit(int nowMillis) {
                        count.incrementAndGet();
                        return 1 + count.get() % 60_000;
                    }
                };
        int hash = System.identityHashCode(count);
        for (int i = 0; i < 300; i++) {
            wheel.schedule(entry, 1 + (hash + i * 37) % 5000);
        }
        if (leaves) {
            wheel.cancel(entry);
        }
    }
}
