package dev.heddle.config;

import dev.heddle.config.Values.Assignment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The effective settings and where each comes from.
public final class Configuration {
    /// A longer text pushes what follows it to the right, and that of no other line.
    private static final int MAX_COLUMNS = 48;

    private final Values values;
    private final Settings settings;

    private Configuration(Values values) {
        this.values = values;
        this.settings = Settings.of(values);
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

    /// One flag that sets something.
    ///
    /// @param source the flag as it is shown to the operator: `--port` or `--set`
    /// @param key dotted name of the setting; may be unknown
    /// @param text what it is set to
    public record Flag(String source, String key, String text) {}

    /// Reads all sources. A flag beats the environment, which beats the file, which beats the
    /// default. Blocks until the file is read.
    ///
    /// @param environment all variables; those of others are passed over
    public static Reading read(
            Optional<Path> file, Map<String, String> environment, List<Flag> flags) {
        List<String> faults = new ArrayList<>();
        Values ofFile = new Values(faults);
        Values ofEnvironment = new Values(faults);
        Values ofFlags = new Values(faults);
        file.ifPresent(path -> YamlFile.read(path, ofFile));
        Environment.read(environment, ofEnvironment);
        readFlags(flags, ofFlags);
        Values values = Values.defaults(faults);
        Stream.of(ofFile, ofEnvironment, ofFlags).forEach(values::putAll);
        if (faults.isEmpty()) {
            values.applyProfile();
            values.checkTogether();
        }
        return faults.isEmpty()
                ? new Reading.Good(new Configuration(values))
                : new Reading.Faulty(List.copyOf(faults));
    }

    public Settings settings() {
        return settings;
    }

    /// One line for each setting, in YAML that [#read] understands again: value, source and
    /// meaning.
    public List<String> lines() {
        int settingColumns = widest(values.assignments().stream().map(Configuration::setting));
        int sourceColumns = widest(values.assignments().stream().map(Assignment::source));
        String group = "";
        List<String> lines = new ArrayList<>();
        for (Assignment assignment : values.assignments()) {
            Key<?> key = assignment.key();
            if (!group.equals(key.group())) {
                lines.add("");
                group = key.group();
            }
            String setting = pad(setting(assignment), settingColumns);
            String source = pad(assignment.source(), sourceColumns);
            lines.add(setting + "  # " + source + "  " + key.description());
        }
        return lines;
    }

    private static void readFlags(List<Flag> flags, Values values) {
        List<String> known = Keys.all().stream().<String>map(Key::name).toList();
        for (Flag flag : flags) {
            Keys.find(flag.key())
                    .ifPresentOrElse(
                            key -> setByFlag(key, flag, values),
                            () -> values.unknown("key", flag.key(), known, flag.source()));
        }
    }

    private static void setByFlag(Key<?> key, Flag flag, Values values) {
        if (key.kind().isSecret()) {
            values.fault(
                    flag.source(),
                    key.name()
                            + " is a secret, and a command line is seen by others: set "
                            + key.variable()
                            + " or, in the file, "
                            + key.name());
        } else {
            values.set(key, flag.text(), flag.source());
        }
    }

    private static String setting(Assignment assignment) {
        String setting = assignment.key().name() + ": " + assignment.yaml();
        return assignment.yaml().equals(Secret.HIDDEN) ? "# " + setting : setting;
    }

    private static int widest(Stream<String> texts) {
        return texts.mapToInt(String::length)
                .filter(length -> length <= MAX_COLUMNS)
                .max()
                .orElse(0);
    }

    private static String pad(String text, int columns) {
        return text + " ".repeat(Math.max(0, columns - text.length()));
    }
}
