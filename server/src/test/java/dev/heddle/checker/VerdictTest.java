package dev.heddle.checker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.checker.Attempt.Acknowledged;
import dev.heddle.checker.Attempt.Indeterminate;
import dev.heddle.checker.Attempt.Refused;
import dev.heddle.checker.Verdict.Fault;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Each kind of fault in logs made by hand, and what is none.
class VerdictTest {
    private static final long A = Message.of(1, 1);
    private static final long B = Message.of(1, 2);
    private static final long C = Message.of(2, 1);

    private final List<Attempt> attempts = new ArrayList<>();
    private final ReaderLog anna = new ReaderLog("anna", "c");
    private final ReaderLog bob = new ReaderLog("bob", "c");

    @Test
    void nothingIsWrongWhereNothingWasSent() {
        anna.begin(at(0));
        bob.begin(at(7));
        requireClean();
    }

    @Test
    void nothingIsWrongWhereEverybodyGotEverythingOnce() {
        acknowledged(A, 1);
        acknowledged(C, 2);
        acknowledged(B, 3);
        got(anna, 0, A, C, B);
        got(bob, 2, B);
        requireClean();
    }

    @Test
    void whatWasRecoveredIsAsGoodAsWhatCame() {
        acknowledged(A, 1);
        acknowledged(B, 2);
        got(anna, 0, A);
        anna.confirm(at(1));
        anna.get(at(2), B);
        anna.confirm(at(2));
        requireClean();
    }

    @Test
    void anAcknowledgedMessageThatOneReaderNeverGotIsLost() {
        acknowledged(A, 1);
        acknowledged(B, 2);
        got(anna, 0, A, B);
        got(bob, 0, A);
        require(Map.of(Fault.LOST, 1));
    }

    @Test
    void anAcknowledgedMessageThatNobodyGotIsLostForEveryReader() {
        acknowledged(A, 1);
        got(anna, 0);
        got(bob, 0);
        require(Map.of(Fault.LOST, 2));
    }

    @Test
    void aHoleIsOutOfOrderAndWhatWasAcknowledgedInItIsLost() {
        acknowledged(A, 1);
        acknowledged(B, 2);
        acknowledged(C, 3);
        got(anna, 0, A);
        anna.get(at(3), C);
        require(Map.of(Fault.REORDERED, 1, Fault.LOST, 1));
    }

    @Test
    void aPositionBeyondWhatHasComeIsAHole() {
        acknowledged(A, 1);
        got(anna, 0);
        anna.confirm(at(1));
        require(Map.of(Fault.REORDERED, 1, Fault.LOST, 1));
    }

    @Test
    void whatWasMissedInADeclaredBreakIsNotLost() {
        acknowledged(A, 1);
        acknowledged(B, 2);
        acknowledged(C, 3);
        got(anna, 0, A);
        got(anna, 2, C);
        requireClean();
    }

    @Test
    void aNewEpochThatIsDeclaredIsABreak() {
        acknowledged(A, 1);
        acknowledged(B, 2);
        attempts.add(new Attempt("c", C, new Acknowledged(new Position("f", 1))));
        got(anna, 0, A);
        anna.begin(new Position("f", 0));
        anna.get(new Position("f", 1), C);
        requireClean();
    }

    @Test
    void aNewEpochThatIsNotDeclaredIsOutOfOrder() {
        acknowledged(A, 1);
        attempts.add(new Attempt("c", B, new Acknowledged(new Position("f", 1))));
        got(anna, 0, A);
        anna.get(new Position("f", 1), B);
        require(Map.of(Fault.REORDERED, 1));
    }

    @Test
    void aBreakCannotLeadBack() {
        acknowledged(A, 1);
        acknowledged(B, 2);
        got(anna, 0, A, B);
        got(anna, 1, B);
        require(Map.of(Fault.REORDERED, 1));
    }

    @Test
    void onePositionTwiceIsDuplicated() {
        acknowledged(A, 1);
        acknowledged(B, 2);
        got(anna, 0, A, B);
        anna.get(at(2), B);
        anna.confirm(at(2));
        require(Map.of(Fault.DUPLICATED, 1, Fault.REORDERED, 1));
    }

    @Test
    void oneMessageAtTwoPositionsIsDuplicated() {
        acknowledged(A, 1);
        got(anna, 0, A, A);
        require(Map.of(Fault.DUPLICATED, 1));
    }

    @Test
    void twoReadersWhoSawOtherThingsAtOnePositionSawAnotherOrder() {
        acknowledged(A, 1);
        acknowledged(C, 2);
        got(anna, 0, A, C);
        got(bob, 0, C, A);
        require(Map.of(Fault.REORDERED, 2));
    }

    @Test
    void whatIsNotWhereItWasAcknowledgedIsOutOfOrder() {
        acknowledged(A, 2);
        acknowledged(C, 1);
        got(anna, 0, A, C);
        require(Map.of(Fault.REORDERED, 2));
    }

    @Test
    void whatWasAcknowledgedWhereOnlySomethingElseIsIsLost() {
        acknowledged(A, 1);
        attempts.add(new Attempt("c", C, new Indeterminate()));
        got(anna, 0, C);
        require(Map.of(Fault.REORDERED, 1, Fault.LOST, 1));
    }

    @Test
    void aWriterWhoWaitsForAcknowledgementsIsSeenInThatOrder() {
        acknowledged(B, 2);
        acknowledged(A, 1);
        got(anna, 0, A, B);
        require(Map.of(Fault.REORDERED, 1));
    }

    @Test
    void whatNobodySentIsAGhost() {
        got(anna, 0, A);
        got(bob, 0, A);
        require(Map.of(Fault.GHOST, 1));
    }

    @Test
    void whatWasRefusedIsAGhost() {
        attempts.add(new Attempt("c", A, new Refused("1003")));
        got(anna, 0, A);
        require(Map.of(Fault.GHOST, 1));
    }

    @Test
    void whatWasSentToAnotherChannelIsAGhost() {
        attempts.add(new Attempt("d", A, new Indeterminate()));
        got(anna, 0, A);
        require(Map.of(Fault.GHOST, 1));
    }

    @Test
    void whatHadNoAnswerMayBeSeenOnceOrNever() {
        attempts.add(new Attempt("c", A, new Indeterminate()));
        attempts.add(new Attempt("c", B, new Indeterminate()));
        got(anna, 0, B);
        requireClean();
    }

    @Test
    void itSaysWhatItHasFound() {
        acknowledged(A, 1);
        got(anna, 0);
        String text = Verdict.of(attempts, List.of(anna)).toString();
        assertTrue(text.contains("lost        1\n    c: anna never got 1-1 of e/1\n"), text);
    }

    private void acknowledged(long message, long offset) {
        attempts.add(new Attempt("c", message, new Acknowledged(at(offset))));
    }

    private static void got(ReaderLog log, long start, long... messages) {
        log.begin(at(start));
        for (int i = 0; i < messages.length; i++) {
            log.get(at(start + i + 1), messages[i]);
        }
    }

    private void requireClean() {
        require(Map.of());
    }

    private void require(Map<Fault, Integer> expected) {
        Verdict verdict = Verdict.of(attempts, bob.isEmpty() ? List.of(anna) : List.of(anna, bob));
        Map<Fault, Integer> found = new TreeMap<>();
        for (Fault fault : Fault.values()) {
            if (verdict.count(fault) > 0) {
                found.put(fault, verdict.count(fault));
            }
        }
        assertEquals(new TreeMap<>(expected), found, verdict::toString);
        assertEquals(expected.isEmpty(), verdict.isClean());
    }

    private static Position at(long offset) {
        return new Position("e", offset);
    }
}
