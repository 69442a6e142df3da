package dev.heddle.cli;

import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// How the help of each command looks: what it does, the commands below it, its own options, and
/// the settings, which all commands share.
final class HelpLayout {
    private static final List<String> COMMANDS =
            List.of(
                    UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING,
                    UsageMessageSpec.SECTION_KEY_COMMAND_LIST);

    private HelpLayout() {}

    /// Gives the layout to the command and to those below it.
    static void apply(CommandLine line, SettingOptions settings) {
        setHeadings(line.getCommandSpec());
        List<String> sections = new ArrayList<>(line.getHelpSectionKeys());
        sections.removeAll(COMMANDS);
        sections.addAll(
                sections.indexOf(UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING), COMMANDS);
        line.setHelpSectionKeys(sections);
        Map<String, IHelpSectionRenderer> renderers = line.getHelpSectionMap();
        renderers.put(
                UsageMessageSpec.SECTION_KEY_OPTION_LIST,
                help ->
                        options(help, "Options", option -> !settings.contains(option))
                                + options(help, "Settings", settings::contains));
        line.setHelpSectionMap(renderers);
    }

    private static void setHeadings(CommandSpec command) {
        command.usageMessage()
                .abbreviateSynopsis(true)
                .descriptionHeading("%n")
                .parameterListHeading("%nArguments:%n")
                .commandListHeading("%nCommands:%n");
        command.subcommands().values().forEach(sub -> setHeadings(sub.getCommandSpec()));
    }

    private static String options(Help help, String heading, Predicate<OptionSpec> which) {
        List<OptionSpec> options = help.commandSpec().options().stream().filter(which).toList();
        return "%n%s:%n".formatted(heading)
                + help.optionListExcludingGroups(
                        options, help.createDefaultLayout(), null, help.parameterLabelRenderer());
    }
}
