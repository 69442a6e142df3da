package dev.heddle.acc.wire;

import org.jspecify.annotations.Nullable;

/// How a request went, for the client.
///
/// @param text in words, in place of the code's standard text; empty for that one
/// @param data what was asked for, which is written as JSON; `null` where there is nothing
public record Reply(Code code, String text, @Nullable Object data) {

    /// It went well.
    public static Reply ok() {
        return of(Code.OK);
    }

    /// It went well, and this is what was asked for.
    public static Reply ok(Object data) {
        return new Reply(Code.OK, "", data);
    }

    /// A code with its standard text.
    public static Reply of(Code code) {
        return new Reply(code, "", null);
    }
}
