package dev.heddle.config;

import java.util.Map;

/// Whose behaviour the defaults are: Heddle's own, or that of gowebsocket where a client could tell
/// them apart.
public enum Profile {
    HEDDLE,
    GOWEBSOCKET;

    /// What holds in this profile where nobody sets it, as far as it is not the usual default.
    Map<Key<?>, String> defaults() {
        return switch (this) {
            case HEDDLE -> Map.of();
            case GOWEBSOCKET ->
                    Map.of(
                            Keys.MESSAGES, "zh",
                            Keys.USER_SESSIONS, "takeover",
                            Keys.LOGIN_DEADLINE, "360s",
                            Keys.ANY_COMMAND_IS_LIFE, "false",
                            Keys.NO_ROOM, "false");
        };
    }
}
