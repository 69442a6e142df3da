package dev.heddle.config;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

class KeysTest {

    static Stream<Key<?>> keys() {
        return Keys.all().stream();
    }

    @ParameterizedTest
    @MethodSource("keys")
    void everySettingTakesItsOwnDefault(Key<?> key) {
        assertTrue(key.takes(key.defaultText()), key.defaultText());
    }

    @ParameterizedTest
    @MethodSource("keys")
    void everyNameIsInLowerCaseAndHasOneLineThatDescribesIt(Key<?> key) {
        assertAll(
                () -> assertTrue(key.name().matches("([a-z]+\\.)?[a-z]+(-[a-z]+)*"), key.name()),
                () -> assertTrue(key.description().matches("[^\n%]{5,60}"), key.description()));
    }

    /// So each says what it is of.
    @Test
    void noTwoSettingsShareADescription() {
        Set<String> descriptions = new HashSet<>();
        for (Key<?> key : Keys.all()) {
            assertTrue(descriptions.add(key.description()), key.name());
        }
    }

    @Test
    void noTwoSettingsShareANameOrAVariableOrTheNameOfAGroup() {
        Set<String> names = new HashSet<>();
        for (Key<?> key : Keys.all()) {
            assertTrue(names.add(key.name()), key.name());
            assertTrue(names.add(key.variable()), key.variable());
            assertFalse(Keys.isGroup(key.name()), key.name());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "port, HEDDLE_PORT, --port",
        "internal.host, HEDDLE_INTERNAL_HOST, --internal-host",
        "allow-origin, HEDDLE_ALLOW_ORIGIN, --allow-origin",
        "limits.head-bytes, HEDDLE_LIMITS_HEAD_BYTES, --limits-head-bytes",
    })
    void theNameSaysTheVariableAndTheFlag(String name, String variable, String flag) {
        Key<?> key = Keys.find(name).orElseThrow();
        assertEquals(variable, key.variable());
        assertEquals(flag, key.flag());
        assertEquals(key, Keys.findVariable(variable).orElseThrow());
    }

    @ParameterizedTest
    @MethodSource("keys")
    void noVariableOfASettingIsTakenForOneOfKubernetes(Key<?> key) {
        assertTrue(Environment.isSetting(key.variable(), key.defaultText()), key.variable());
    }

    @Test
    void everyComponentOfTheRecordsHasALineInTheTable() {
        List<Class<?>> records =
                List.of(
                        Limits.class,
                        SendLimits.class,
                        Deadlines.class,
                        TokenSettings.class,
                        EndpointLimits.class,
                        EndpointLimits.class,
                        EndpointLimits.class,
                        ApiSettings.class,
                        UserSettings.class,
                        CommandRates.class,
                        ChannelSettings.class,
                        JfrSettings.class,
                        Paces.class);
        int nested = records.stream().mapToInt(type -> type.getRecordComponents().length).sum();
        int own = Settings.class.getRecordComponents().length - records.size();
        assertEquals(own + nested, Keys.all().size());
    }
}
