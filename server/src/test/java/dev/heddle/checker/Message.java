package dev.heddle.checker;

/// The ids of messages, unique in a trial: the number of the writer in the upper half, that of the
/// message in the lower one. A `long`, because a trial has very many.
final class Message {
    private Message() {}

    static long of(int writer, int number) {
        return (long) writer << 32 | number;
    }

    /// As it stands in a publication: `3-17`.
    static String name(long message) {
        return (message >>> 32) + "-" + (int) message;
    }

    /// What [#name] has named.
    ///
    /// @throws NumberFormatException when this is no such name
    static long parse(String name) {
        int dash = name.indexOf('-');
        return of(
                Integer.parseInt(name, 0, Math.max(dash, 0), 10),
                Integer.parseInt(name, dash + 1, name.length(), 10));
    }
}
