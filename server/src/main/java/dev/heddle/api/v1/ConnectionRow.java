package dev.heddle.api.v1;

import dev.heddle.user.ConnectionInfo;
import dev.heddle.user.ConnectionInfo.Login;

import org.jspecify.annotations.Nullable;

/// One connection to `/acc`, as a caller sees it.
///
/// @param id its name, which no other connection ever has
/// @param room that somebody has logged in to on it; `null` if nobody has
/// @param user as whom
/// @param since when it was opened, as RFC 3339 has it
/// @param silentMillis how long ago it last showed life
record ConnectionRow(
        String id,
        @Nullable Integer room,
        @Nullable String user,
        boolean online,
        String address,
        String since,
        int silentMillis) {

    static ConnectionRow of(ConnectionInfo info) {
        return new ConnectionRow(
                info.name(),
                info.login().map(Login::room).orElse(null),
                info.login().map(Login::user).orElse(null),
                info.isOnline(),
                info.address(),
                info.since().toString(),
                info.silentMillis());
    }
}
