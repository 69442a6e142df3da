package dev.heddle.control;

import dev.heddle.broker.Message;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A fault in a message of a service. Any text is valid, control characters included, unless it is
/// not Unicode: half of a surrogate pair cannot be sent on.
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

    /// The fault in the id of a message; empty if there is none.
    public static Optional<Flaw> ofId(String id) {
        return of(Part.ID, id, Message.MAX_ID_BYTES);
    }

    /// The fault in the name of a message's sender, which may be as long as an id; empty if there
    /// is none.
    static Optional<Flaw> ofSender(String sender) {
        return of(Part.SENDER, sender, Message.MAX_ID_BYTES);
    }

    /// The fault in the text of a message; empty if there is none.
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
