package dev.heddle.config;

import java.util.List;

/// The rows of the [SettingsTable] about the subprotocols of an endpoint.
///
/// @param names which it speaks
/// @param required whether a client must offer one of them
record SubprotocolRows(Setting<List<String>> names, Setting<Boolean> required) {
    static final SubprotocolRows WS = of("ws");
    static final SubprotocolRows ECHO = of("echo");
    static final SubprotocolRows ACC = of("acc");

    static final List<SubprotocolRows> ALL = List.of(WS, ECHO, ACC);

    private static SubprotocolRows of(String group) {
        return new SubprotocolRows(
                new Setting<>(
                        group + ".subprotocols",
                        Subprotocols.KIND,
                        "",
                        "subprotocols that /" + group + " speaks"),
                new Setting<>(
                        group + ".require-subprotocol",
                        Kind.choice(),
                        "false",
                        "whether a client of /" + group + " that offers none is refused"));
    }

    /// All of them, in the order in which they are shown.
    List<Setting<?>> all() {
        return List.of(names, required);
    }
}
