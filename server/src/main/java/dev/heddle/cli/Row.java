package dev.heddle.cli;

import com.fasterxml.jackson.databind.JsonNode;

import dev.heddle.config.Printable;

import java.util.Locale;

/// An object that a server has answered with, for a line of a terminal.
record Row(JsonNode object) {
    /// A number: `12,345`.
    String count(String field) {
        return String.format(Locale.ROOT, "%,d", object.path(field).asLong());
    }

    /// A text. It may contain text of a client, which must not move the cursor.
    String text(String field) {
        return Printable.of(object.path(field).asText(""));
    }
}
