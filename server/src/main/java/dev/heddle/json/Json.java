package dev.heddle.json;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.stream.IntStream;

/// JSON as gowebsocket reads and writes it. **Thread-safe.**
public final class Json {
    /// As deep as Go reads.
    private static final int MAX_DEPTH = 10_000;

    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            new JsonFactoryBuilder()
                                    .characterEscapes(new Escapes())
                                    .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MAX_DEPTH)
                                                    .build())
                                    .recyclerPool(JsonRecyclerPools.sharedBoundedPool())
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private Json() {}

    /// Reads one JSON value; of an empty text, the missing node.
    ///
    /// @throws JsonProcessingException when the text is none; its message quotes the text and must
    ///   not get anywhere
    public static JsonNode read(String text) throws JsonProcessingException {
        return MAPPER.readTree(text);
    }

    /// What stands in a request's `data` under the name `data`, the last one; empty if nothing
    /// does.
    public static Optional<RawJson> readData(String request) throws JsonProcessingException {
        try (JsonParser parser = MAPPER.createParser(request)) {
            parser.nextToken();
            Optional<RawJson> data = Optional.empty();
            while (isAtData(parser)) {
                data = Optional.empty();
                if (parser.isExpectedStartObjectToken()) {
                    while (isAtData(parser)) {
                        data = Optional.of(RawJson.read(parser, request));
                    }
                } else {
                    parser.skipChildren();
                }
            }
            return data;
        } catch (JsonProcessingException malformed) {
            throw malformed;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /// Goes on within an object to the value of the next field `data`.
    ///
    /// @return whether there was one; otherwise the object has ended
    private static boolean isAtData(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean isData = parser.currentName().equalsIgnoreCase("data");
            parser.nextToken();
            if (isData) {
                return true;
            }
            parser.skipChildren();
        }
        return false;
    }

    /// Writes a record in the order of its components; its texts must be well-formed.
    public static byte[] write(Object value) throws JsonProcessingException {
        return MAPPER.writeValueAsBytes(value);
    }

    /// The text with each lone surrogate, which no UTF-8 can say, as U+FFFD.
    public static String wellFormed(String text) {
        boolean isWellFormed = text.codePoints().noneMatch(Json::isSurrogate);
        return isWellFormed
                ? text
                : text.codePoints()
                        .map(codePoint -> isSurrogate(codePoint) ? 0xFFFD : codePoint)
                        .collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append)
                        .toString();
    }

    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    /// What Go escapes, and how: beside what JSON demands also `<`, `>` and `&`, so that the text
    /// can stand in HTML, and the line ends U+2028 and U+2029.
    private static final class Escapes extends CharacterEscapes {
        @Serial private static final long serialVersionUID = 1L;

        @Override
        public int[] getEscapeCodesForAscii() {
            int[] codes = standardAsciiEscapesForJSON();
            IntStream.range(0, codes.length)
                    .filter(c -> codes[c] == ESCAPE_STANDARD || "<>&".indexOf(c) >= 0)
                    .forEach(c -> codes[c] = ESCAPE_CUSTOM);
            return codes;
        }

        @Override
        public @Nullable SerializableString getEscapeSequence(int c) {
            return c < 0x80 || c == 0x2028 || c == 0x2029
                    ? new SerializedString("\\u%04x".formatted(c))
                    : null;
        }
    }
}
