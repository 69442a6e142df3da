package dev.heddle.api;

import dev.heddle.broker.Message;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// What callers may write. Any text is a text, control characters and all, but for one that is not
/// Unicode: half of a surrogate pair cannot be sent on.
final class Texts {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    private Texts() {}

    /// A text that must be there, and must not be empty.
    static String required(String name, @Nullable String text, int maxBytes) throws Refusal {
        if (text == null || text.isEmpty()) {
            throw wrong(name + " is missing");
        }
        return bounded(name, text, maxBytes);
    }

    /// The id of a message or the name of its sender, which may be as long; empty if it is left
    /// out.
    static String name(String name, @Nullable String text) throws Refusal {
        return bounded(name, text == null ? "" : text, Message.MAX_ID_BYTES);
    }

    /// Any text of at most so many bytes of UTF-8.
    static String bounded(String name, String text, int maxBytes) throws Refusal {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw wrong(name + " has half of a surrogate pair");
        }
        if (text.getBytes(StandardCharsets.UTF_8).length > maxBytes) {
            throw wrong(name + " has at most " + maxBytes + " bytes of UTF-8");
        }
        return text;
    }

    /// A number of at most nine digits.
    static int number(String name, String text, int most) throws Refusal {
        if (!NUMBER.matcher(text).matches() || Integer.parseInt(text) > most) {
            throw wrong(name + " is a whole number from 0 to " + most);
        }
        return Integer.parseInt(text);
    }

    static Refusal wrong(String detail) {
        return new Refusal(ProblemType.BAD_REQUEST, detail);
    }
}
