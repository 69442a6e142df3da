package dev.heddle.user;

import java.time.Instant;
import java.util.Optional;

/// The description of one connection to `/acc`.
///
/// @param name of [ConnectionNames]
/// @param address of the client, as `host:port`
/// @param since when it was opened
/// @param login who has logged in on it
/// @param silentMillis how long ago it last showed life; exact to 50 ms
/// @param isOnline whether that is within the online window, and somebody has logged in on it
public record ConnectionInfo(
        String name,
        String address,
        Instant since,
        Optional<Login> login,
        int silentMillis,
        boolean isOnline) {

    /// The login on a connection.
    ///
    /// @param room to which room
    /// @param user as whom
    public record Login(int room, String user) {}
}
