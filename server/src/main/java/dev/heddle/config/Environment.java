package dev.heddle.config;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/// The settings in environment variables: those whose name starts with `HEDDLE_`. One that no
/// setting has is a fault, since a misspelt setting would otherwise go unnoticed.
final class Environment {
    private static final String PREFIX = "HEDDLE_";

    /// Those of the launcher, of the build and of its set-up.
    private static final Set<String> NOT_SETTINGS =
            Set.of("HEDDLE_JAVA_OPTS", "HEDDLE_REQUIRE_ALL_TESTS", "HEDDLE_INSTALL_TEST_TOOLS");

    private Environment() {}

    static void read(Map<String, String> variables, Values values) {
        for (String name : new TreeSet<>(variables.keySet())) {
            if (name.startsWith(PREFIX) && !NOT_SETTINGS.contains(name)) {
                String text = Objects.requireNonNull(variables.get(name));
                Keys.findVariable(name)
                        .ifPresentOrElse(
                                key -> values.set(key, text, name), () -> unknown(name, values));
            }
        }
    }

    private static void unknown(String name, Values values) {
        values.unknown("variable", name, Keys.all().stream().map(Key::variable).toList(), name);
    }
}
