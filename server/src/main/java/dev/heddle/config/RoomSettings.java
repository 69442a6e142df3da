package dev.heddle.config;

import java.util.List;

/// Where users are together.
///
/// @param ids the ids of all rooms, in the order in which they are shown
/// @param sessions how many connections to a room a user may have
public record RoomSettings(List<Integer> ids, UserSessions sessions) {

    public RoomSettings {
        ids = List.copyOf(ids);
        SettingsTable.ROOMS.require(ids);
    }

    static RoomSettings of(Values values) {
        return new RoomSettings(
                values.get(SettingsTable.ROOMS), values.get(SettingsTable.USER_SESSIONS));
    }
}
