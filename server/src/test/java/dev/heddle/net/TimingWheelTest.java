package dev.heddle.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.telemetry.Counters;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;

/// The wheel, turned by hand: `advance()` is the clock.
class TimingWheelTest {
    private static final int NEVER = 1_000_000_000;

    private final Counters counters = new Counters();
    private final TimingWheel wheel = new TimingWheel(counters);
    private int ticks;

    /// Notes the tick of each visit, and answers what it is told to.
    private final class Visited extends TimingWheel.Entry {
        final List<Integer> visits = new ArrayList<>();
        private final IntUnaryOperator answer;

        Visited() {
            this(_ -> NEVER);
        }

        Visited(IntUnaryOperator answer) {
            this.answer = answer;
        }

        @Override
        int visit(int nowMillis) {
            assertEquals(wheel.nowMillis(), nowMillis);
            visits.add(ticks);
            return answer.applyAsInt(visits.size());
        }
    }

    private void advanceTo(int tick) {
        while (ticks < tick) {
            ticks++;
            wheel.advance();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 1",
        "0, 1",
        "1, 1",
        "49, 1",
        "50, 1",
        "51, 2",
        "100, 2",
        "51150, 1023",
        "51200, 1024",
        "51201, 1025",
        "120000, 2400",
        "2147483647, -1",
    })
    void visitsAnEntryInTheTickInWhichItsTimeEndsAndOnlyThen(int delayMillis, int tick) {
        Visited entry = new Visited();
        wheel.schedule(entry, delayMillis);
        advanceTo(5000);
        assertEquals(tick < 0 ? List.of() : List.of(tick), entry.visits);
    }

    @Test
    void visitsAgainAfterWhatTheVisitAsksFor() {
        Visited entry = new Visited(visit -> visit * 100);
        wheel.schedule(entry, 50);
        advanceTo(20);
        assertEquals(List.of(1, 3, 7, 13), entry.visits);
    }

    @ParameterizedTest
    @CsvSource({
        "1000, 100, 2",
        "100, 1000, 20",
        "100, 100, 2",
        "60000, 100, 2",
        "100, 60000, 1200"
    })
    void theLastScheduleCounts(int firstMillis, int secondMillis, int tick) {
        Visited entry = new Visited();
        wheel.schedule(entry, firstMillis);
        wheel.schedule(entry, secondMillis);
        advanceTo(3000);
        assertEquals(List.of(tick), entry.visits);
    }

    @Test
    void aCancelledEntryIsNeverVisitedNorScheduledAgain() {
        Visited entry = new Visited();
        wheel.schedule(entry, 100);
        wheel.cancel(entry);
        wheel.schedule(entry, 100);
        wheel.cancel(entry);
        advanceTo(3000);
        assertEquals(List.of(), entry.visits);
    }

    @Test
    void anEntryThatCancelsItselfInItsVisitIsGone() {
        List<TimingWheel.Entry> self = new ArrayList<>();
        Visited entry =
                new Visited(
                        _ -> {
                            wheel.cancel(self.getFirst());
                            return 50;
                        });
        self.add(entry);
        wheel.schedule(entry, 50);
        advanceTo(3000);
        assertEquals(List.of(1), entry.visits);
    }

    @ParameterizedTest
    @CsvSource({"100, 5000, 3", "5000, 100, 3", "60000, 100, 3", "100, 60000, 3"})
    void whoAsksDuringAVisitIsNotForgotten(int askedMillis, int answeredMillis, int tick) {
        List<TimingWheel.Entry> self = new ArrayList<>();
        Visited entry =
                new Visited(
                        visit -> {
                            if (visit == 1) {
                                wheel.schedule(self.getFirst(), askedMillis);
                            }
                            return visit == 1 ? answeredMillis : NEVER;
                        });
        self.add(entry);
        wheel.schedule(entry, 50);
        advanceTo(3000);
        assertEquals(List.of(1, tick), entry.visits);
    }

    @Test
    void aVisitThatThrowsIsCountedAndComesAgainAndStopsNobodyElse() {
        Visited before = new Visited(_ -> 50);
        Visited faulty =
                new Visited(
                        visit -> {
                            if (visit == 1) {
                                throw new IllegalStateException("thrown by a test");
                            }
                            return NEVER;
                        });
        Visited after = new Visited(_ -> 50);
        wheel.schedule(before, 50);
        wheel.schedule(faulty, 50);
        wheel.schedule(after, 50);
        advanceTo(30);
        assertEquals(30, before.visits.size());
        assertEquals(30, after.visits.size());
        assertEquals(List.of(1, 21), faulty.visits);
        assertEquals(1, counters.bugs.sum());
    }

    @Test
    void allEntriesAreFoundOnceAndCancelledOnesNot() {
        Set<TimingWheel.Entry> expected = new HashSet<>();
        for (int i = 0; i < 3000; i++) {
            Visited entry = new Visited();
            wheel.schedule(entry, i * 40);
            if (i % 3 == 0) {
                wheel.cancel(entry);
            } else {
                expected.add(entry);
            }
        }
        List<TimingWheel.Entry> found = new ArrayList<>();
        wheel.forEach(found::add);
        assertEquals(expected.size(), found.size());
        assertEquals(expected, new HashSet<>(found));
    }

    @Test
    void theActionForAllMayUseTheWheel() {
        Visited entry = new Visited();
        wheel.schedule(entry, NEVER);
        wheel.forEach(found -> wheel.schedule(found, 100));
        advanceTo(5);
        assertEquals(List.of(2), entry.visits);
    }

    @Test
    void turnsByItselfOnceStartedAndStopsWhenTold() throws InterruptedException {
        CountDownLatch visited = new CountDownLatch(3);
        TimingWheel.Entry entry =
                new TimingWheel.Entry() {
                    @Override
                    int visit(int nowMillis) {
                        visited.countDown();
                        return 1;
                    }
                };
        wheel.schedule(entry, 1);
        int before = wheel.nowMillis();
        wheel.start();
        assertTrue(visited.await(60, TimeUnit.SECONDS));
        assertTrue(wheel.nowMillis() - before >= 2 * TimingWheel.TICK_MILLIS);
        wheel.stop();
    }

    @ParameterizedTest
    @CsvSource({"1000, 100, 2", "100, 1000, 2", "60000, 100, 2", "100, 60000, 2"})
    void schedulingNoLaterThanNeverPostpones(int firstMillis, int secondMillis, int tick) {
        Visited entry = new Visited();
        wheel.schedule(entry, firstMillis);
        wheel.scheduleNoLaterThan(entry, secondMillis);
        advanceTo(3000);
        assertEquals(List.of(tick), entry.visits);
    }

    @Test
    void schedulingDuringAVisitCountsBesideWhatTheVisitAsksFor() {
        List<Visited> self = new ArrayList<>();
        Visited entry =
                new Visited(
                        visit -> {
                            if (visit == 1) {
                                wheel.scheduleNoLaterThan(self.getFirst(), 100);
                            }
                            return NEVER;
                        });
        self.add(entry);
        wheel.schedule(entry, 50);
        advanceTo(100);
        assertEquals(List.of(1, 3), entry.visits);
    }
}
