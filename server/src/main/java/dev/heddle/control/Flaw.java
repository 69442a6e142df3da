package dev.heddle.control;

import dev.heddle.broker.Message;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// What is wrong with a message of a service. Any text is a text, control characters and all, but
/// for one that is not Unicode: half of a surrogate pair cannot be sent on.
///
/// @param part of the message
/// @param rule what is wrong with it, in words that follow its name
public record Flaw(Part part, String rule) {

    /// A part of a message. Edges have names of their own for them.
    public enum Part {
        ID,
        SENDER,
        TEXT
    }

    /// What is wrong with the id of a message; empty if nothing is.
    public static Optional<Flaw> ofId(String id) {
        return of(Part.ID, id, Message.MAX_ID_BYTES);
    }

    /// What is wrong with the name of a message's sender, which may be as long as an id; empty if
    /// nothing is.
    static Optional<Flaw> ofSender(String sender) {
        return of(Part.SENDER, sender, Message.MAX_ID_BYTES);
    }

    /// What is wrong with the text of a message; empty if nothing is.
    static Optional<Flaw> ofText(String text, int maxBytes) {
        return of(Part.TEXT, text, maxBytes);
    }

    private static Optional<Flaw> of(Part part, String text, int maxBytes) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            return Optional.of(new Flaw(part, "has half of a surrogate pair"));
        }
        return text.getBytes(StandardCharsets.UTF_8).length > maxBytes
                ? Optional.of(new Flaw(part, "has at most " + maxBytes + " bytes of UTF-8"))
                : Optional.empty();
    }

    /// Puts the flaw in words.
    ///
    /// @param name of the part, as its writer knows it
    public String in(String name) {
        return name + ' ' + rule;
    }
}
