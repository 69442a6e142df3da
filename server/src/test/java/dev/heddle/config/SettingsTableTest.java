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
import java.util.Set;
import java.util.stream.Stream;

class SettingsTableTest {

    static Stream<Setting<?>> settings() {
        return SettingsTable.all().stream();
    }

    @ParameterizedTest
    @MethodSource("settings")
    void everySettingTakesItsOwnDefault(Setting<?> setting) {
        assertTrue(setting.takes(setting.defaultText()), setting.defaultText());
    }

    @ParameterizedTest
    @MethodSource("settings")
    void everyNameIsInLowerCaseAndHasOneLineThatDescribesIt(Setting<?> setting) {
        assertAll(
                () ->
                        assertTrue(
                                setting.name().matches("([a-z]+\\.)*[a-z]+(-[a-z]+)*"),
                                setting.name()),
                () ->
                        assertTrue(
                                setting.description().matches("[^\n%]{5,60}"),
                                setting.description()));
    }

    /// So each says what it is of.
    @Test
    void noTwoSettingsShareADescription() {
        Set<String> descriptions = new HashSet<>();
        for (Setting<?> setting : SettingsTable.all()) {
            assertTrue(descriptions.add(setting.description()), setting.name());
        }
    }

    @Test
    void noTwoSettingsShareANameOrAVariableOrTheNameOfAGroup() {
        Set<String> names = new HashSet<>();
        for (Setting<?> setting : SettingsTable.all()) {
            assertTrue(names.add(setting.name()), setting.name());
            assertTrue(names.add(setting.variable()), setting.variable());
            assertFalse(SettingNames.isGroup(setting.name()), setting.name());
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
        Setting<?> setting = SettingNames.find(name).orElseThrow();
        assertEquals(variable, setting.variable());
        assertEquals(flag, setting.flag());
        assertEquals(setting, SettingNames.findVariable(variable).orElseThrow());
    }

    @ParameterizedTest
    @MethodSource("settings")
    void noVariableOfASettingIsTakenForOneOfKubernetes(Setting<?> setting) {
        assertTrue(
                Environment.isSetting(setting.variable(), setting.defaultText()),
                setting.variable());
    }
}
