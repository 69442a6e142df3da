package dev.heddle.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.stream.IntStream;

/// JSON as Heddle reads and writes it: the commands of `/acc` as leniently as gowebsocket and with
/// its escapes, the HTTP API strictly and with none but those that JSON demands. **Thread-safe.**
public final class Json {
    /// The depth to which Go reads.
    private static final int MAX_DEPTH = 10_000;

    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            new JsonFactoryBuilder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MAX_DEPTH)
                                                    .build())
                                    .recyclerPool(JsonRecyclerPools.sharedBoundedPool())
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                    .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                    .withCoercionConfig(
                            LogicalType.Textual,
                            config -> {
                                config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                                config.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                                config.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
                            })
                    .build();

    /// Refuses a text that is nested deeper than a [RawJson] and what that is nested in.
    private static final JsonFactory STRICT_PARSERS =
            new JsonFactoryBuilder(MAPPER.getFactory())
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(RawJson.MAX_DEPTH + 8)
                                    .build())
                    .build();

    private static final ObjectReader STRICT =
            MAPPER.reader().with(StreamReadFeature.STRICT_DUPLICATE_DETECTION);

    private static final ObjectWriter PLAIN = MAPPER.writer();

    private static final ObjectWriter GO =
            MAPPER.writer(new GoEscapes())
                    .with(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8);

    private Json() {}

    /// Reads one JSON value; of an empty text, the missing node. Of a name that comes twice the
    /// last counts.
    ///
    /// @throws JsonProcessingException when the text is none; its message quotes the text and must
    ///   not get anywhere
    public static JsonNode read(String text) throws JsonProcessingException {
        return MAPPER.readTree(text);
    }

    /// Reads one JSON object as a record, whose components are `null` where nothing was sent. What
    /// is not known, comes twice or has another type is refused.
    ///
    /// @return `null` if the text is `null`
    /// @throws JsonProcessingException when the text is something else; its message quotes the text
    ///   and must not get anywhere
    public static <T> @Nullable T read(String text, Class<T> type) throws JsonProcessingException {
        try (JsonParser parser = STRICT_PARSERS.createParser(text)) {
            return STRICT.forType(type).withAttribute(RawJson.SOURCE, text).readValue(parser);
        } catch (JsonProcessingException malformed) {
            throw malformed;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /// Finds what stands in an object under the name `data`, the last one; empty if nothing does.
    ///
    /// @throws com.fasterxml.jackson.core.exc.StreamConstraintsException if it is nested too deeply
    public static Optional<RawJson> readDataOf(String object) throws JsonProcessingException {
        return find(object, Json::lastData);
    }

    /// Finds what stands in a request's `data` under the name `data`, as [#readDataOf].
    public static Optional<RawJson> readData(String request) throws JsonProcessingException {
        return find(request, Json::lastDataOfData);
    }

    /// Looks for something behind the first token of a text.
    private interface Search {
        Optional<RawJson> find(JsonParser parser, String text) throws IOException;
    }

    private static Optional<RawJson> find(String text, Search search)
            throws JsonProcessingException {
        try (JsonParser parser = MAPPER.createParser(text)) {
            parser.nextToken();
            return search.find(parser, text);
        } catch (JsonProcessingException malformed) {
            throw malformed;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static Optional<RawJson> lastDataOfData(JsonParser parser, String text)
            throws IOException {
        Optional<RawJson> data = Optional.empty();
        while (isAtData(parser)) {
            data = Optional.empty();
            if (parser.isExpectedStartObjectToken()) {
                data = lastData(parser, text);
            } else {
                parser.skipChildren();
            }
        }
        return data;
    }

    private static Optional<RawJson> lastData(JsonParser parser, String text) throws IOException {
        Optional<RawJson> data = Optional.empty();
        while (isAtData(parser)) {
            data = Optional.of(RawJson.read(parser, text));
        }
        return data;
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

    /// Writes a value, a record in the order of its components. Its texts must be well-formed: no
    /// lone surrogates.
    ///
    /// @throws IllegalStateException when it cannot be written, which is a bug
    public static byte[] write(Object value) {
        return write(PLAIN, value);
    }

    /// Writes a value as [#write] does, with the bytes that Go writes.
    ///
    /// @throws IllegalStateException when it cannot be written, which is a bug
    public static byte[] writeAsGo(Object value) {
        return write(GO, value);
    }

    private static byte[] write(ObjectWriter writer, Object value) {
        try {
            return writer.writeValueAsBytes(value);
        } catch (JsonProcessingException bug) {
            throw new IllegalStateException("not writable as JSON", bug);
        }
    }

    /// Opens a generator, which writes a value piece by piece that is too large to be made at once.
    public static JsonGenerator generator(OutputStream out) throws IOException {
        return MAPPER.createGenerator(out);
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

    /// The escapes of Go: beside those that JSON demands also `<`, `>` and `&`, so that the text
    /// can stand in HTML, and the line ends U+2028 and U+2029.
    private static final class GoEscapes extends CharacterEscapes {
        @Serial private static final long serialVersionUID = 1L;

        private final int[] codes = standardAsciiEscapesForJSON();

        GoEscapes() {
            IntStream.range(0, codes.length)
                    .filter(c -> codes[c] == ESCAPE_STANDARD || "<>&".indexOf(c) >= 0)
                    .forEach(c -> codes[c] = ESCAPE_CUSTOM);
        }

        @Override
        public int[] getEscapeCodesForAscii() {
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
