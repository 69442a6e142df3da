package dev.heddle.broker;

import org.jspecify.annotations.Nullable;

/// A message that somebody publishes.
///
/// @param kind what the data is
/// @param data JSON or text
/// @param from the user whom it is from; `null` if it is from a backend
/// @param id the publisher's name for it; `null` for none
/// @param except the user who does not get it in a room; `null` if all do
public record Message(
        Kind kind,
        String data,
        @Nullable String from,
        @Nullable String id,
        @Nullable String except) {

    /// The kind of a message's data.
    public enum Kind {
        /// Any JSON, as somebody wrote it.
        JSON,
        /// A text, which receivers of JSON get as a JSON string.
        TEXT
    }

    /// A message whose data is JSON.
    public Message(
            String data, @Nullable String from, @Nullable String id, @Nullable String except) {
        this(Kind.JSON, data, from, id, except);
    }

    /// The longest id that anybody may give, in bytes of UTF-8.
    public static final int MAX_ID_BYTES = 128;

    /// About what the rest of a kept publication takes, in bytes.
    private static final int OVERHEAD = 120;

    /// About what it takes to keep it, in bytes.
    public int bytes() {
        return OVERHEAD + data.length() + length(from) + length(id) + length(except);
    }

    /// About what it takes in JSON at most, in characters. Looks at every character of a text.
    int jsonLength() {
        return bytes() + (kind == Kind.TEXT ? escapes(data) : 0);
    }

    /// How many characters at most a text has more as JSON.
    private static int escapes(String text) {
        int escapes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isEscapedByName = c == '"' || c == '\\';
            boolean isEscapedByNumber =
                    c < ' ' || c == '<' || c == '>' || c == '&' || c == '\u2028' || c == '\u2029';
            escapes += isEscapedByNumber ? 5 : isEscapedByName ? 1 : 0;
        }
        return escapes;
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }
}
