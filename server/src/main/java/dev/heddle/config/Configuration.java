package dev.heddle.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The effective settings and where each comes from.
public final class Configuration {
    private final Values values;
    private final Settings settings;

    private Configuration(Values values) {
        this.values = values;
        this.settings = values.settings();
    }

    /// What comes of reading all sources.
    public sealed interface Reading {

        /// Everything is as it should be.
        record Good(Configuration configuration) implements Reading {}

        /// The operator has something to mend.
        ///
        /// @param faults one line each: where, what, and what would be right
        record Faulty(List<String> faults) implements Reading {}
    }

    /// Reads all sources. A flag beats the environment, which beats the file, which beats the
    /// default. Blocks until the file is read.
    ///
    /// @param environment all variables; those of others are passed over
    public static Reading read(
            Optional<Path> file, Map<String, String> environment, List<Flag> flags) {
        List<String> faults = new ArrayList<>();
        List<Layer> layers = List.of(new Layer(faults), new Layer(faults), new Layer(faults));
        file.ifPresent(path -> YamlFile.read(path, layers.get(0)));
        Environment.read(environment, layers.get(1));
        readFlags(flags, layers.get(2));
        if (!faults.isEmpty()) {
            return new Reading.Faulty(List.copyOf(faults));
        }
        Values values = new Values();
        layers.forEach(layer -> layer.assignments().forEach(values::put));
        try {
            return new Reading.Good(new Configuration(values));
        } catch (Conflict conflict) {
            return new Reading.Faulty(List.of(explain(conflict, values)));
        }
    }

    public Settings settings() {
        return settings;
    }

    /// One line for each setting, in YAML that [#read] understands again: value, source and
    /// meaning.
    public List<String> lines() {
        return Listing.lines(values.all());
    }

    private static void readFlags(List<Flag> flags, Layer layer) {
        List<String> known = Keys.all().stream().<String>map(Key::name).toList();
        for (Flag flag : flags) {
            Keys.find(flag.key())
                    .ifPresentOrElse(
                            key -> layer.set(key, flag.text(), flag.source()),
                            () -> layer.unknown("key", flag.key(), known, flag.source()));
        }
    }

    private static String explain(Conflict conflict, Values values) {
        Assignment one = values.assignment(conflict.name());
        Assignment other = values.assignment(conflict.otherName());
        String culprit = one.isDefault() ? other.source() : one.source();
        return culprit + ": " + valued(one) + ' ' + conflict.rule() + ' ' + valued(other);
    }

    private static String valued(Assignment assignment) {
        String origin = assignment.isDefault() ? ", the default" : "";
        return assignment.key().name() + " (" + assignment.yaml() + origin + ")";
    }
}
