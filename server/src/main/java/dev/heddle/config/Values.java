package dev.heddle.config;

import dev.heddle.config.Keys.EndpointKeys;

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

    private final Map<Key<?>, Assignment> assignments = new LinkedHashMap<>();
    private final List<String> faults;

    /// A setting, the text that somebody gave it, and where.
    ///
    /// @param source as it is shown to the operator: `heddle.yaml:3`, `HEDDLE_PORT` or `--port`
    record Assignment(Key<?> key, String text, String source) {

        String yaml() {
            return key.kind().yaml(text);
        }

        private boolean isDefault() {
            return source.equals(DEFAULT);
        }

        private String explained() {
            return key.name() + " (" + yaml() + (isDefault() ? ", the default" : "") + ")";
        }
    }

    Values(List<String> faults) {
        this.faults = faults;
    }

    /// What holds where nobody sets anything.
    static Values defaults(List<String> faults) {
        Values values = new Values(faults);
        Keys.all().forEach(key -> values.set(key, key.defaultText(), DEFAULT));
        return values;
    }

    void set(Key<?> key, String text, String source) {
        Assignment earlier = assignments.putIfAbsent(key, new Assignment(key, text, source));
        if (earlier != null) {
            fault(source, key.name() + " is already set by " + earlier.source());
        } else if (!key.takes(text)) {
            fault(source, key.refusal(text));
        }
    }

    void unknown(String what, String name, Collection<String> known, String source) {
        String hint = Spelling.hint(name, known);
        fault(source, "unknown " + what + ' ' + Printable.of(name) + "; " + hint);
    }

    void fault(String source, String text) {
        faults.add(source + ": " + text);
    }

    /// Replaces what the other source sets.
    void putAll(Values stronger) {
        assignments.putAll(stronger.assignments);
    }

    /// Lets the profile's defaults take the place of the usual ones. Every setting must have a
    /// value.
    void applyProfile() {
        Profile profile = get(Keys.PROFILE);
        profile.defaults()
                .forEach(
                        (key, text) ->
                                assignments.computeIfPresent(
                                        key,
                                        (_, usual) ->
                                                usual.isDefault()
                                                        ? new Assignment(key, text, "profile")
                                                        : usual));
    }

    Collection<Assignment> assignments() {
        return assignments.values();
    }

    /// The value of a setting. Somebody must have set it, to a text that it takes.
    <T> T get(Key<T> key) {
        return key.kind().parse(assignment(key).text()).orElseThrow();
    }

    /// The value of a setting that never exceeds an `int`.
    int bytes(Key<Long> key) {
        return Math.toIntExact(get(key));
    }

    /// Adds a fault for each two settings that are good alone and contradict each other. Every
    /// setting must have a value.
    void checkTogether() {
        for (EndpointKeys keys : List.of(Keys.WS, Keys.ECHO, Keys.ACC)) {
            if (!EndpointLimits.fits(get(keys.messageBytes()), get(keys.unfinishedBytes()))) {
                contradiction(keys.messageBytes(), "must not exceed", keys.unfinishedBytes());
            }
            if (get(keys.messageBytes()) > get(keys.fragments()) * get(keys.frameBytes())) {
                String rule = "must not exceed " + assignment(keys.fragments()).explained() + " of";
                contradiction(keys.messageBytes(), rule, keys.frameBytes());
            }
        }
        boolean isOnePort =
                Settings.isOnePort(
                        get(Keys.HOST),
                        get(Keys.PORT),
                        get(Keys.INTERNAL_HOST),
                        get(Keys.INTERNAL_PORT));
        if (isOnePort) {
            contradiction(Keys.INTERNAL_PORT, "must be different from", Keys.PORT);
        }
        checkInternalHost();
        checkTokenKeys();
    }

    private void checkTokenKeys() {
        List<Key<?>> sources =
                TokenSettings.SOURCES.stream()
                        .filter(key -> !assignment(key).text().isEmpty())
                        .toList();
        sources.stream()
                .skip(1)
                .forEach(key -> contradiction(key, "cannot be beside", sources.getFirst()));
        if (get(Keys.WS_LOGIN) && sources.isEmpty()) {
            Assignment login = assignment(Keys.WS_LOGIN);
            String names =
                    String.join(", ", TokenSettings.SOURCES.stream().map(Key::name).toList());
            fault(
                    login.source(),
                    login.explained()
                            + " needs keys that tokens are verified with: set one of "
                            + names);
        }
    }

    private void checkInternalHost() {
        if (!ApiSettings.mayListen(get(Keys.INTERNAL_HOST), get(Keys.API_KEY))) {
            Assignment host = assignment(Keys.INTERNAL_HOST);
            fault(
                    host.source(),
                    host.explained()
                            + " is no loopback address, so the internal port needs an API key: set "
                            + Keys.API_KEY.variable()
                            + " or, in the file, "
                            + Keys.API_KEY.name());
        }
    }

    private void contradiction(Key<?> key, String rule, Key<?> otherKey) {
        Assignment one = assignment(key);
        Assignment other = assignment(otherKey);
        fault(
                one.isDefault() ? other.source() : one.source(),
                one.explained() + ' ' + rule + ' ' + other.explained());
    }

    private Assignment assignment(Key<?> key) {
        return Optional.ofNullable(assignments.get(key)).orElseThrow();
    }
}
