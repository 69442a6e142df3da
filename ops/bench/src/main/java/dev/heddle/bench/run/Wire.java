package dev.heddle.bench.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;

import dev.heddle.bench.result.Json;

import java.io.BufferedWriter;
import java.io.IOException;

/// Messages between processes: a line of JSON each.
final class Wire {
    private static final ObjectWriter WRITER =
            Json.MAPPER.writerFor(Message.class).without(SerializationFeature.INDENT_OUTPUT);

    private Wire() {}

    /// Writes a message at once. A peer that is gone is noticed by who reads from it.
    static void write(BufferedWriter writer, Message message) {
        try {
            synchronized (writer) {
                writer.write(WRITER.writeValueAsString(message));
                writer.newLine();
                writer.flush();
            }
        } catch (JsonProcessingException unwritable) {
            throw new IllegalStateException("a message cannot be written", unwritable);
        } catch (IOException noticedByReader) {
            return;
        }
    }

    /// The message in a line.
    ///
    /// @throws IOException when it is none
    static Message read(String line) throws IOException {
        return Json.MAPPER.readValue(line, Message.class);
    }
}
