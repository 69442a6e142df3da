package dev.heddle.broker.redis;

import dev.heddle.broker.Message;
import dev.heddle.broker.Message.Kind;

import org.jspecify.annotations.Nullable;

/// A message as it is kept in Redis: its kind, the lengths of three texts that may be missing,
/// these texts, and the data: `JSON 4 -1 4 annaannaDATA`. Every version of Heddle must understand
/// it.
final class WireMessage {
    private static final int MISSING = -1;

    private WireMessage() {}

    static String encode(Message message) {
        return message.kind()
                + " "
                + length(message.from())
                + ' '
                + length(message.id())
                + ' '
                + length(message.except())
                + ' '
                + orEmpty(message.from())
                + orEmpty(message.id())
                + orEmpty(message.except())
                + message.data();
    }

    /// @throws IllegalArgumentException if it is none
    static Message decode(String text) {
        String[] head = text.split(" ", 5);
        if (head.length < 5) {
            throw new IllegalArgumentException("not a message");
        }
        String rest = head[4];
        int fromEnd = end(0, head[1], rest);
        int idEnd = end(fromEnd, head[2], rest);
        int exceptEnd = end(idEnd, head[3], rest);
        return new Message(
                Kind.valueOf(head[0]),
                rest.substring(exceptEnd),
                part(head[1], rest, 0, fromEnd),
                part(head[2], rest, fromEnd, idEnd),
                part(head[3], rest, idEnd, exceptEnd));
    }

    private static int end(int start, String length, String rest) {
        int end = start + Math.max(0, Integer.parseInt(length));
        if (end > rest.length()) {
            throw new IllegalArgumentException("not a message");
        }
        return end;
    }

    private static @Nullable String part(String length, String rest, int start, int end) {
        return Integer.parseInt(length) == MISSING ? null : rest.substring(start, end);
    }

    private static int length(@Nullable String text) {
        return text == null ? MISSING : text.length();
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
