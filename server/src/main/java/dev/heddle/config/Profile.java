package dev.heddle.config;

import static java.util.Map.entry;

import java.util.Map;

/// Whose behaviour the defaults are: Heddle's own, or that of gowebsocket where a client could tell
/// them apart.
public enum Profile {
    HEDDLE,
    GOWEBSOCKET;

    private static final String CEILING = "10MiB";

    /// What holds in this profile where nobody sets it, as far as it is not the usual default.
    Map<Key<?>, String> defaults() {
        return switch (this) {
            case HEDDLE -> Map.of();
            case GOWEBSOCKET ->
                    Map.ofEntries(
                            entry(Keys.MESSAGES, "zh"),
                            entry(Keys.USER_SESSIONS, "takeover"),
                            entry(Keys.LOGIN_DEADLINE, "360s"),
                            entry(Keys.ANY_COMMAND_IS_LIFE, "false"),
                            entry(Keys.NO_ROOM, "false"),
                            // It bounds nothing but forms: Go's ParseForm takes as much.
                            entry(Keys.API_BODY_BYTES, CEILING),
                            entry(Keys.TEXT_BYTES, CEILING),
                            entry(Keys.ACC.frameBytes(), CEILING),
                            entry(Keys.ACC.messageBytes(), CEILING),
                            entry(Keys.ACC.unfinishedBytes(), CEILING),
                            entry(Keys.ACC.fragments(), "16384"),
                            entry(Keys.COMMANDS_PER_SECOND, "0"),
                            entry(Keys.COMMAND_BYTES_PER_SECOND, "0"));
        };
    }
}
