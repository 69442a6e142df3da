package dev.heddle.config;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The settings in environment variables: those whose name starts with `HEDDLE_`. One that no
/// setting has is a fault, since a misspelt setting would otherwise go unnoticed.
///
/// Kubernetes tells every pod of the Services around it, and one named heddle or heddle-internal
/// does so under this prefix. The operator did not set these variables and can hardly take them
/// away, so they are passed over. The price is that a misspelt setting that looks like one of them
/// goes unnoticed.
final class Environment {
    /// The variables of the launcher, of the build and of its set-up.
    private static final Set<String> NOT_SETTINGS =
            Set.of(
                    "HEDDLE_AOT",
                    "HEDDLE_JAVA_OPTS",
                    "HEDDLE_REQUIRE_ALL_TESTS",
                    "HEDDLE_INSTALL_TEST_TOOLS");

    private static final Pattern NAME_BY_KUBERNETES =
            Pattern.compile(
                    "(.+_)?(SERVICE_(HOST|PORT(_.+)?)|PORT_[0-9]+_(TCP|UDP|SCTP)(_[A-Z]+)?)");

    /// The address of a Service, which it gives to a variable that may also be a setting's:
    /// `HEDDLE_PORT=tcp://10.0.0.11:80`.
    private static final Pattern ADDRESS_BY_KUBERNETES = Pattern.compile("(tcp|udp|sctp)://.*");

    private Environment() {}

    static void read(Map<String, String> variables, Values values) {
        List<String> known = SettingsTable.all().stream().map(Setting::variable).toList();
        for (String name : new TreeSet<>(variables.keySet())) {
            String text = Objects.requireNonNull(variables.get(name));
            if (isSetting(name, text)) {
                SettingNames.findVariable(name)
                        .ifPresentOrElse(
                                setting -> values.set(setting, text, name),
                                () -> values.unknown("variable", name, known, name));
            }
        }
    }

    /// Whether the variable is meant for this package.
    static boolean isSetting(String name, String text) {
        return name.startsWith(Setting.VARIABLE_PREFIX)
                && !NOT_SETTINGS.contains(name)
                && !isOfKubernetes(name, text);
    }

    private static boolean isOfKubernetes(String name, String text) {
        return NAME_BY_KUBERNETES.matcher(name).matches()
                || (name.endsWith("_PORT") && ADDRESS_BY_KUBERNETES.matcher(text).matches());
    }
}
