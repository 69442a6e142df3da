package dev.heddle.checker;

/// A message that a writer has tried to publish, as often as it took, and what came of it.
record Attempt(String channel, long message, Outcome outcome) {
    sealed interface Outcome {}

    /// The server has said where it is: whoever stays within the window must see it there.
    record Acknowledged(Position position) implements Outcome {}

    /// No answer has come: it may be seen once, or never.
    record Indeterminate() implements Outcome {}

    /// The server has said that it does not publish it: nobody may see it.
    record Refused(String why) implements Outcome {}
}
