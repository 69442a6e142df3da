package dev.heddle.config;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The texts that one source (the file, the environment, the flags) gives to settings, or all
/// sources together. Faults are added to a list that the sources share, so that the operator sees
/// them together.
final class Values {
    private static final String DEFAULT = "default";

    private final Map<Setting<?>, Assignment> assignments = new LinkedHashMap<>();
    private final List<String> faults;

    /// A setting, the text that somebody gave it, and where.
    ///
    /// @param source as it is shown to the operator: `heddle.yaml:3`, `HEDDLE_PORT` or `--port`
    record Assignment(Setting<?> setting, String text, String source) {

        String yaml() {
            return setting.kind().yaml(text);
        }

        boolean isDefault() {
            return source.equals(DEFAULT);
        }

        String explained() {
            return setting.name() + " (" + yaml() + (isDefault() ? ", the default" : "") + ")";
        }
    }

    Values(List<String> faults) {
        this.faults = faults;
    }

    /// The values where nobody sets any.
    static Values defaults(List<String> faults) {
        Values values = new Values(faults);
        SettingsTable.all().forEach(setting -> values.set(setting, setting.defaultText(), DEFAULT));
        return values;
    }

    void set(Setting<?> setting, String text, String source) {
        Assignment earlier =
                assignments.putIfAbsent(setting, new Assignment(setting, text, source));
        if (earlier != null) {
            fault(source, setting.name() + " is already set by " + earlier.source());
        } else if (!setting.takes(text)) {
            fault(source, setting.refusal(text));
        }
    }

    /// Sets what has these names; one that no setting has is a fault.
    void setAll(Map<String, String> texts, String source) {
        texts.forEach(
                (name, text) ->
                        SettingNames.find(name)
                                .ifPresentOrElse(
                                        setting -> set(setting, text, source),
                                        () ->
                                                unknown(
                                                        "key",
                                                        name,
                                                        SettingNames.near(name),
                                                        source)));
    }

    void unknown(String what, String name, Collection<String> known, String source) {
        String hint = Spelling.hint(name, known, "heddle config prints all");
        fault(source, "unknown " + what + ' ' + Printable.of(name) + "; " + hint);
    }

    void fault(String source, String text) {
        faults.add(source + ": " + text);
    }

    /// Replaces what the other source sets.
    void putAll(Values stronger) {
        assignments.putAll(stronger.assignments);
    }

    /// Gives every setting of the gateway's routes a value, where at least one of a route has one,
    /// and puts those of a route beside each other.
    void completeRoutes() {
        for (String route : routes()) {
            for (Setting<?> setting : GatewayRows.of(route).all()) {
                Assignment said = assignments.remove(setting);
                assignments.put(
                        setting,
                        said == null
                                ? new Assignment(setting, setting.defaultText(), DEFAULT)
                                : said);
            }
        }
    }

    /// The names of the gateway's routes of which something is set, sorted.
    List<String> routes() {
        return assignments.keySet().stream()
                .flatMap(setting -> GatewayRows.route(setting.name()).stream())
                .distinct()
                .sorted()
                .toList();
    }

    /// Lets the profile's defaults take the place of the usual ones. Every setting must have a
    /// value.
    void applyProfile() {
        ProfileDefaults.of(get(SettingsTable.PROFILE))
                .forEach(
                        (setting, text) ->
                                assignments.computeIfPresent(
                                        setting,
                                        (_, usual) ->
                                                usual.isDefault()
                                                        ? new Assignment(setting, text, "profile")
                                                        : usual));
    }

    Collection<Assignment> assignments() {
        return assignments.values();
    }

    /// The value of a setting. Somebody must have set it, to a text that it takes.
    <T> T get(Setting<T> setting) {
        return setting.kind().parse(assignment(setting).text()).orElseThrow();
    }

    /// The value of a setting that never exceeds an `int`.
    int bytes(Setting<Long> setting) {
        return Math.toIntExact(get(setting));
    }

    /// The assignment of a setting. Somebody must have set it.
    Assignment assignment(Setting<?> setting) {
        return Optional.ofNullable(assignments.get(setting)).orElseThrow();
    }
}
