package dev.heddle.user;

/// A message of somebody, which its receivers get as the push `msg`.
///
/// @param id its sender's name for it (`msgID` on the wire), which becomes the push's `seq`; may be
///   empty
/// @param from the user whom it is from
/// @param text what it says; any text
public record Message(String id, String from, String text) {}
