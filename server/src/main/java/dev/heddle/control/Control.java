package dev.heddle.control;

import dev.heddle.channel.Channels;

/// All that a service may ask of a server. **Thread-safe.**
///
/// @param people whom it can see and reach
/// @param channels what is published and who is subscribed
/// @param sender how messages are sent
public record Control(People people, Channels channels, Sender sender) {}
