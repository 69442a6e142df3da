package dev.heddle.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

class CloseCodeTest {

    @Test
    void ofAllCodesTheseMayBeSent() {
        List<Integer> registered =
                List.of(1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014);
        TreeSet<Integer> expected = new TreeSet<>(registered);
        IntStream.rangeClosed(3000, 4999).forEach(expected::add);
        TreeSet<Integer> allowed = new TreeSet<>();
        IntStream.rangeClosed(-1, 70_000).filter(CloseCode::mayBeSent).forEach(allowed::add);
        assertEquals(expected, allowed);
    }

    /// Many clients report 1012 to 1014 as 1002, or fail.
    @Test
    void theServerChoosesNoCodeThatClientsMistake() {
        IntStream chosen = CloseCode.known().filter(CloseCode::mayBeSent);
        assertEquals(
                List.of(), chosen.filter(code -> code >= 1012 && code < 4000).boxed().toList());
    }

    @Test
    void everyCodeWithANameIsKnown() {
        List<Integer> named =
                Arrays.stream(CloseCode.class.getFields()).map(CloseCodeTest::value).toList();
        assertEquals(named.stream().sorted().toList(), CloseCode.known().sorted().boxed().toList());
    }

    private static int value(Field constant) {
        try {
            return constant.getInt(null);
        } catch (IllegalAccessException hidden) {
            throw new AssertionError(hidden);
        }
    }

    static List<Field> violations() {
        return Arrays.stream(ProtocolViolation.class.getFields()).toList();
    }

    @ParameterizedTest
    @MethodSource("violations")
    void eachViolationFitsACloseFrameAndHasNoStack(Field constant) throws Exception {
        ProtocolViolation violation = (ProtocolViolation) constant.get(null);
        EncodedFrame frame = EncodedFrame.close(violation.closeCode(), violation.reason());
        assertTrue(frame.length() > 4, "a peer is told why");
        assertEquals(0, violation.getStackTrace().length);
    }
}
