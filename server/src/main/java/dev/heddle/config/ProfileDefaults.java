package dev.heddle.config;

import static java.util.Map.entry;

import java.util.Map;

/// The defaults of each profile, as far as they are not the usual ones.
final class ProfileDefaults {
    private static final String CEILING = "10MiB";

    private ProfileDefaults() {}

    static Map<Setting<?>, String> of(Profile profile) {
        return switch (profile) {
            case HEDDLE -> Map.of();
            case GOWEBSOCKET ->
                    Map.ofEntries(
                            entry(SettingsTable.MESSAGES, "zh"),
                            entry(SettingsTable.USER_SESSIONS, "takeover"),
                            entry(SettingsTable.LOGIN_DEADLINE, "360s"),
                            entry(SettingsTable.ANY_COMMAND_IS_LIFE, "false"),
                            entry(SettingsTable.NO_ROOM, "false"),
                            // It bounds nothing but forms: Go's ParseForm takes as much.
                            entry(SettingsTable.API_BODY_BYTES, CEILING),
                            entry(SettingsTable.TEXT_BYTES, CEILING),
                            entry(SettingsTable.ACC.arriving().frameBytes(), CEILING),
                            entry(SettingsTable.ACC.arriving().messageBytes(), CEILING),
                            entry(SettingsTable.ACC.arriving().unfinishedBytes(), CEILING),
                            entry(SettingsTable.ACC.arriving().fragments(), "16384"),
                            entry(SettingsTable.COMMANDS_PER_SECOND, "0"),
                            entry(SettingsTable.COMMAND_BYTES_PER_SECOND, "0"));
        };
    }
}
