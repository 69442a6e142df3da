package dev.heddle.cli;

import dev.heddle.config.Setting;
import dev.heddle.config.SettingsTable;

import picocli.CommandLine;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

import java.util.List;

/// What the command line may say, and its help. A flag that sets something takes its name, its
/// description and its default from the table of settings.
final class Syntax {
    static final String CONFIG = "--config";
    static final String SET = "--set";

    static final List<Setting<?>> SETTINGS_WITH_A_FLAG =
            List.of(
                    SettingsTable.HOST,
                    SettingsTable.PORT,
                    SettingsTable.ALLOW_ORIGIN,
                    SettingsTable.DIAGNOSTICS,
                    SettingsTable.INTERNAL_HOST,
                    SettingsTable.INTERNAL_PORT);

    private Syntax() {}

    static CommandLine commandLine() {
        CommandSpec spec =
                CommandSpec.create()
                        .name("heddle")
                        .version(Version.line())
                        .addPositional(words())
                        .addArgGroup(publicPort())
                        .addArgGroup(internalPort())
                        .addArgGroup(otherSettings())
                        .addArgGroup(tokens())
                        .addArgGroup(doctor())
                        .addArgGroup(watch())
                        .addArgGroup(information());
        spec.usageMessage()
                .sortOptions(false)
                .customSynopsis("heddle [COMMAND] [OPTION]...")
                .description(
                        "%nA WebSocket server for very many, mostly idle connections.%n",
                        "  serve    serve until Ctrl-C or SIGTERM (the default)",
                        "  config   print every setting, its value and where it comes from",
                        "  conns    list the connections of a running server, or show one",
                        "  doctor   say how many connections this machine holds, and what limits"
                                + " them",
                        "  jfr      record what a running server does, and write it to a file",
                        "  tail     print what happens in a running server, a second later",
                        "  rehearse play a server's life through and end: for making an AOT cache",
                        "  token    make a login token, for trying a server out",
                        "  token check [TOKEN]",
                        "           say whether the server believes it, and why not; without one",
                        "           or with -, read it from the standard input",
                        "  where    say where the connections of a running server are: how many"
                                + " wait, and",
                        "           in which code the others are")
                .footer(
                        "%nFlags win over the environment, such as HEDDLE_LIMITS_HEAD_BYTES=4KiB,",
                        "and the environment wins over the file.",
                        "Exit codes: 0 stopped in good order, 1 cannot serve or refused, 2 wrong"
                                + " usage.");
        return new CommandLine(spec).setExpandAtFiles(false);
    }

    private static PositionalParamSpec words() {
        return PositionalParamSpec.builder()
                .index("0..*")
                .arity("0..*")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .hidden(true)
                .build();
    }

    private static ArgGroupSpec publicPort() {
        return group(
                0,
                "Public port",
                valued(SettingsTable.HOST, "ADDRESS"),
                valued(SettingsTable.PORT, "PORT"),
                repeatable(SettingsTable.ALLOW_ORIGIN.flag(), "ORIGIN")
                        .description(SettingsTable.ALLOW_ORIGIN.description() + "; repeatable"),
                OptionSpec.builder(SettingsTable.DIAGNOSTICS.flag())
                        .type(boolean.class)
                        .description(SettingsTable.DIAGNOSTICS.description()));
    }

    private static ArgGroupSpec internalPort() {
        return group(
                1,
                "Internal port",
                valued(SettingsTable.INTERNAL_HOST, "ADDRESS"),
                valued(SettingsTable.INTERNAL_PORT, "PORT"));
    }

    private static ArgGroupSpec otherSettings() {
        return group(
                2,
                "All settings",
                OptionSpec.builder(CONFIG)
                        .paramLabel("FILE")
                        .type(String.class)
                        .description("YAML file to read"),
                repeatable(SET, "KEY=VALUE")
                        .description("any of those that heddle config prints; repeatable"));
    }

    private static ArgGroupSpec tokens() {
        return group(
                3,
                "Tokens",
                valued(
                        TokenOptions.USER,
                        "ID",
                        "the user who is to log in, or should be named; with tail, of events"),
                valued(TokenOptions.ROOMS, "ID,...", "the rooms that it allows (default all)"),
                valued(TokenOptions.EXPIRES, "TIME", "how long it is believed (default 1h)"),
                valued(
                        TokenOptions.KEY_FILE,
                        "FILE",
                        "the private key, PEM or JWK, where the settings have none"));
    }

    private static ArgGroupSpec doctor() {
        return group(
                4,
                "Doctor",
                valued(
                        DoctorOptions.CONNECTIONS,
                        "N",
                        "how many it is to hold; exit code 1 if it cannot"),
                OptionSpec.builder(DoctorOptions.JSON)
                        .type(boolean.class)
                        .description("answer in JSON"),
                valued(
                        DoctorOptions.ROOT,
                        "FOLDER",
                        "read the proc and sys of another machine, which are in it"));
    }

    private static ArgGroupSpec watch() {
        return group(
                5,
                "A running server: conns, jfr, tail",
                valued(WatchOptions.SECONDS, "N", "how long jfr records (default 30)"),
                valued(WatchOptions.OUTPUT, "FILE", "the new file (default heddle-TIME.jfr)"),
                repeatable(WatchOptions.TYPE, "EVENT")
                        .description("events that tail prints, such as SlowConsumer; repeatable"),
                valued(
                        WatchOptions.SORT,
                        "BY",
                        "by what conns sorts: outbox (default), peak, age, rate or bytes"),
                valued(WatchOptions.LIMIT, "N", "how many conns shows (default 20)"),
                valued(
                        WatchOptions.CONNECTION,
                        "ID",
                        "the one that conns shows with its stack; with tail, of events"));
    }

    private static ArgGroupSpec information() {
        return group(
                6,
                "Information",
                OptionSpec.builder("-h", "--help").usageHelp(true).description("this help"),
                OptionSpec.builder("-V", "--version")
                        .versionHelp(true)
                        .description("the version, and that of Java"));
    }

    private static OptionSpec.Builder valued(Setting<?> key, String label) {
        return valued(
                key.flag(), label, key.description() + " (default " + key.defaultText() + ")");
    }

    private static OptionSpec.Builder valued(String flag, String label, String description) {
        return OptionSpec.builder(flag)
                .paramLabel(label)
                .type(String.class)
                .description(description);
    }

    private static OptionSpec.Builder repeatable(String flag, String label) {
        return OptionSpec.builder(flag)
                .paramLabel(label)
                .type(List.class)
                .auxiliaryTypes(String.class);
    }

    private static ArgGroupSpec group(int place, String heading, OptionSpec.Builder... options) {
        ArgGroupSpec.Builder group =
                ArgGroupSpec.builder().heading("%n" + heading + "%n").order(place).validate(false);
        for (int i = 0; i < options.length; i++) {
            group.addArg(options[i].order(i).build());
        }
        return group.build();
    }
}
