package dev.heddle.gateway;

import org.jspecify.annotations.Nullable;

import java.util.Set;

/// A client that was let in.
///
/// @param user who has logged in
/// @param subprotocol the one that is agreed on
/// @param state what the service has last said that it is
/// @param channels that it is in from the beginning
/// @param events that the service was told of it so far
record Guest(
        @Nullable String user,
        @Nullable String subprotocol,
        @Nullable String state,
        Set<String> channels,
        int events) {
    Guest {
        channels = Set.copyOf(channels);
    }
}
