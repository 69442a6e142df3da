package dev.heddle.channel;

import org.jspecify.annotations.Nullable;

/// The identity of a subscriber.
///
/// @param user the user's id
/// @param info what others may know of the user, any JSON; `null` for nothing
public record Identity(String user, @Nullable String info) {}
