package dev.heddle.cli;

import dev.heddle.config.Configuration.Flag;
import dev.heddle.config.Setting;
import dev.heddle.config.SettingsTable;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The options that set something. Every command takes them, before its name and after it. A flag
/// has its name, its description and its default from the table of settings.
final class SettingOptions {
    private static final String CONFIG = "--config";
    private static final String SET = "--set";

    private static final List<Setting<?>> WITH_A_FLAG =
            List.of(
                    SettingsTable.HOST,
                    SettingsTable.PORT,
                    SettingsTable.ALLOW_ORIGIN,
                    SettingsTable.DIAGNOSTICS,
                    SettingsTable.INTERNAL_HOST,
                    SettingsTable.INTERNAL_PORT);

    /// The values of the command line, by the option's name.
    private final Map<String, List<String>> said = new LinkedHashMap<>();

    /// Adds the options to the command and to those below it.
    void addTo(CommandSpec command) {
        command.addOption(valued(SettingsTable.HOST, "ADDRESS"));
        command.addOption(valued(SettingsTable.PORT, "PORT"));
        command.addOption(
                texts(
                        SettingsTable.ALLOW_ORIGIN.flag(),
                        "ORIGIN",
                        SettingsTable.ALLOW_ORIGIN.description() + "; repeatable"));
        command.addOption(
                option(SettingsTable.DIAGNOSTICS.flag(), SettingsTable.DIAGNOSTICS.description())
                        .type(Boolean.class)
                        .arity("0")
                        .build());
        command.addOption(valued(SettingsTable.INTERNAL_HOST, "ADDRESS"));
        command.addOption(valued(SettingsTable.INTERNAL_PORT, "PORT"));
        command.addOption(texts(CONFIG, "FILE", "YAML file to read"));
        command.addOption(
                texts(SET, "KEY=VALUE", "any setting that heddle config prints; repeatable"));
    }

    /// Whether the option is one of them.
    boolean contains(OptionSpec option) {
        return said.containsKey(option.longestName());
    }

    /// The file of settings.
    ///
    /// @throws Complaint if there are two, or it has no name
    Optional<Path> file() throws Complaint {
        List<String> files = said(CONFIG);
        if (files.size() > 1 || files.contains("")) {
            throw Complaint.usage("--config takes one FILE");
        }
        return files.stream().map(Path::of).findFirst();
    }

    /// The settings that the other options make.
    ///
    /// @throws Complaint if one sets nothing
    List<Flag> flags() throws Complaint {
        List<Flag> flags = new ArrayList<>();
        WITH_A_FLAG.forEach(setting -> values(setting).forEach(flags::add));
        for (String assignment : said(SET)) {
            int equals = assignment.indexOf('=');
            if (equals < 0) {
                throw Complaint.usage("--set takes KEY=VALUE");
            }
            String name = assignment.substring(0, equals);
            flags.add(new Flag(SET, name, assignment.substring(equals + 1)));
        }
        return List.copyOf(flags);
    }

    private Stream<Flag> values(Setting<?> setting) {
        List<String> texts = said(setting.flag());
        return (setting.kind().isList() && !texts.isEmpty()
                        ? Stream.of(String.join(",", texts))
                        : texts.stream())
                .map(text -> new Flag(setting.flag(), setting.name(), text));
    }

    private List<String> said(String name) {
        return said.getOrDefault(name, List.of());
    }

    private OptionSpec valued(Setting<?> setting, String label) {
        String description = setting.description() + " (default " + setting.defaultText() + ")";
        return texts(setting.flag(), label, description);
    }

    private OptionSpec texts(String name, String label, String description) {
        return option(name, description).type(String.class).paramLabel(label).build();
    }

    /// One that keeps all that is said, so that the settings tell when it is too much.
    private OptionSpec.Builder option(String name, String description) {
        List<String> texts = new ArrayList<>();
        said.put(name, texts);
        return OptionSpec.builder(name)
                .scopeType(ScopeType.INHERIT)
                .description(description)
                .setter(
                        new ISetter() {
                            @Override
                            public <T> @Nullable T set(@Nullable T value) {
                                if (value != null) {
                                    texts.add(value.toString());
                                }
                                return null;
                            }
                        });
    }
}
