package dev.heddle.checker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.Heddle;
import dev.heddle.support.LeakCheck;

import org.junit.jupiter.api.Test;

/// Trials that are short enough for every build. `CheckChannels` runs longer ones.
class ChannelCheckerIT {
    @Test
    void whoComesBackWithinTheWindowMissesNothingAndGetsNothingTwice() throws Exception {
        Tally tally = check(new Plan(60, 48, 6, 200, 150, 10_000, seed()));
        assertTrue(tally.recovered.sum() > 0, tally::toString);
        assertEquals(0, tally.breaks.sum(), tally::toString);
    }

    @Test
    void whoComesBackTooLateIsTold() throws Exception {
        Tally tally = check(new Plan(15, 24, 3, 400, 150, 2, seed()));
        assertTrue(tally.breaks.sum() > 0, tally::toString);
    }

    private static Tally check(Plan plan) throws Exception {
        try (Heddle server = Heddle.start(ChannelChecker.settings(plan))) {
            LeakCheck leaks = new LeakCheck(server);
            Trial trial = new Trial(plan, server.port(), server.internalPort());
            ChannelChecker.Result result = ChannelChecker.check(trial, System.out);
            System.out.print(result);
            assertTrue(result.isGood(), () -> plan + "\n" + result);
            leaks.awaitNothingLeft();
            return result.tally();
        }
    }

    private static long seed() {
        return Long.getLong("heddle.seed", System.nanoTime() & 0xffff);
    }
}
