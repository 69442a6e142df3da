package dev.heddle.json;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.Serial;
import java.nio.charset.StandardCharsets;

/// A JSON value as somebody wrote it, which is passed on untouched: no number loses a digit, and no
/// name its place.
///
/// To be read by a reader that has the whole text as its attribute [#SOURCE], and reads it from
/// that text.
///
/// @param text of the value, without space around it
@JsonDeserialize(using = RawJson.Deserializer.class)
public record RawJson(String text) {
    /// The name of the attribute that has the whole text.
    public static final String SOURCE = "source";

    /// How deep arrays and objects may be nested in a value.
    public static final int MAX_DEPTH = 256;

    @JsonValue
    @JsonRawValue
    @Override
    public String text() {
        return text;
    }

    /// Writes a text as JSON; lone surrogates in it become U+FFFD.
    public static RawJson ofText(String text) {
        return new RawJson(
                new String(Json.writeAsGo(Json.wellFormed(text)), StandardCharsets.UTF_8));
    }

    /// Returns the text that the value is; a value that is no text, as it was written.
    public String asText() {
        if (!text.startsWith("\"")) {
            return text;
        }
        try {
            return Json.read(text).textValue();
        } catch (JsonProcessingException bug) {
            throw new IllegalStateException("was JSON a moment ago", bug);
        }
    }

    /// The value whose first token was read just now.
    ///
    /// @param source the whole text
    /// @throws StreamConstraintsException if it is nested too deeply
    static RawJson read(JsonParser parser, String source) throws IOException {
        int from = (int) parser.currentTokenLocation().getCharOffset();
        skip(parser);
        parser.finishToken();
        int to = (int) parser.currentLocation().getCharOffset();
        return new RawJson(source.substring(from, to).strip());
    }

    private static void skip(JsonParser parser) throws IOException {
        int depth = 0;
        for (JsonToken token = parser.currentToken(); token != null; token = parser.nextToken()) {
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (depth > MAX_DEPTH) {
                throw new StreamConstraintsException("nested too deeply");
            }
            if (depth == 0) {
                return;
            }
        }
    }

    static final class Deserializer extends StdDeserializer<RawJson> {
        @Serial private static final long serialVersionUID = 1L;

        Deserializer() {
            super(RawJson.class);
        }

        @Override
        public RawJson deserialize(JsonParser parser, DeserializationContext context)
                throws IOException {
            return read(parser, (String) context.getAttribute(SOURCE));
        }

        @Override
        public RawJson getNullValue(DeserializationContext context) {
            return new RawJson("null");
        }

        @Override
        public @Nullable Object getAbsentValue(DeserializationContext context) {
            return null;
        }
    }
}
