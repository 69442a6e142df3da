package dev.heddle.config;

import java.time.Duration;

/// How users log in and what counts as being there.
///
/// @param loginDeadline how long a connection to `/acc` may be open with nobody logged in on it;
///   zero is for ever
/// @param heartbeatDeadline how long it may show no life; zero is for ever
/// @param onlineWindow how recently a user must have shown life to count as online
/// @param anyCommandIsLife whether every command, ping and pong shows life, or `login` and
///   `heartbeat` alone
/// @param maxLoginsPerMinute logins of one remote address; 0 is no limit
/// @param allowsNoRoom whether one may log in without a room
/// @param maxAnnounced users of a room up to which its users are told who enters and exits; 0 is no
///   limit
/// @param maxTextBytes UTF-8 bytes of one message's text
public record UserSettings(
        Duration loginDeadline,
        Duration heartbeatDeadline,
        Duration onlineWindow,
        boolean anyCommandIsLife,
        int maxLoginsPerMinute,
        boolean allowsNoRoom,
        int maxAnnounced,
        int maxTextBytes) {

    public UserSettings {
        SettingsTable.LOGIN_DEADLINE.require(loginDeadline);
        SettingsTable.HEARTBEAT_DEADLINE.require(heartbeatDeadline);
        SettingsTable.ONLINE_WINDOW.require(onlineWindow);
        SettingsTable.LOGINS_PER_MINUTE.require(maxLoginsPerMinute);
        SettingsTable.ANNOUNCED.require(maxAnnounced);
        SettingsTable.TEXT_BYTES.require((long) maxTextBytes);
    }

    static UserSettings of(Values values) {
        return new UserSettings(
                values.get(SettingsTable.LOGIN_DEADLINE),
                values.get(SettingsTable.HEARTBEAT_DEADLINE),
                values.get(SettingsTable.ONLINE_WINDOW),
                values.get(SettingsTable.ANY_COMMAND_IS_LIFE),
                values.get(SettingsTable.LOGINS_PER_MINUTE),
                values.get(SettingsTable.NO_ROOM),
                values.get(SettingsTable.ANNOUNCED),
                values.bytes(SettingsTable.TEXT_BYTES));
    }
}
