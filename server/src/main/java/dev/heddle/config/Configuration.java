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

    /// The result of reading all sources.
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
    /// @param name dotted name of the setting; may be unknown
    /// @param text what it is set to
    public record Flag(String source, String name, String text) {}

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
            values.completeRoutes();
            values.applyProfile();
            new Contradictions(values).tell();
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
        int textColumns = widest(values.assignments().stream().map(Configuration::text));
        int sourceColumns = widest(values.assignments().stream().map(Assignment::source));
        String group = "";
        List<String> lines = new ArrayList<>();
        for (Assignment assignment : values.assignments()) {
            Setting<?> setting = assignment.setting();
            if (!group.equals(setting.group())) {
                lines.add("");
                group = setting.group();
            }
            String text = pad(text(assignment), textColumns);
            String source = pad(assignment.source(), sourceColumns);
            lines.add(text + "  # " + source + "  " + setting.description());
        }
        return lines;
    }

    private static void readFlags(List<Flag> flags, Values values) {
        for (Flag flag : flags) {
            SettingNames.find(flag.name())
                    .ifPresentOrElse(
                            setting -> setByFlag(setting, flag, values),
                            () ->
                                    values.unknown(
                                            "key",
                                            flag.name(),
                                            SettingNames.near(flag.name()),
                                            flag.source()));
        }
    }

    private static void setByFlag(Setting<?> setting, Flag flag, Values values) {
        if (setting.kind().isSecret()) {
            values.fault(
                    flag.source(),
                    setting.name()
                            + " is a secret, and a command line is seen by others: set "
                            + setting.variable()
                            + " or, in the file, "
                            + setting.name());
        } else {
            values.set(setting, flag.text(), flag.source());
        }
    }

    private static String text(Assignment assignment) {
        String text = assignment.setting().name() + ": " + assignment.yaml();
        return assignment.yaml().equals(Secret.HIDDEN) ? "# " + text : text;
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
