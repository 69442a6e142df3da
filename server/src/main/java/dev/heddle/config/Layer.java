package dev.heddle.config;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What one source (the file, the environment, the flags) sets. Faults are added to a list that all
/// layers share, so that the operator sees them together.
final class Layer {
    private final Map<Key<?>, Assignment> assignments = new LinkedHashMap<>();
    private final List<String> faults;

    Layer(List<String> faults) {
        this.faults = faults;
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

    Collection<Assignment> assignments() {
        return assignments.values();
    }
}
