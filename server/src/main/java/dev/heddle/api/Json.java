package dev.heddle.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;

import dev.heddle.command.RawJson;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/// JSON in and out, strictly: what is not known, comes twice or has another type is refused.
final class Json {
    private static final int MAX_DEPTH = 256;

    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MAX_DEPTH)
                                                    .build())
                                    .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
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

    private Json() {}

    /// A value of ours as JSON. Its texts must be encodable: no lone surrogates.
    static byte[] encode(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException bug) {
            throw new UncheckedIOException(bug);
        }
    }

    /// What a caller has sent, as a record, whose components are `null` where nothing was sent.
    ///
    /// @throws Refusal if it is something else
    static <T> T decode(byte[] json, Class<T> type) throws Refusal {
        T value;
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
            value = MAPPER.readerFor(type).withAttribute(RawJson.SOURCE, text).readValue(text);
        } catch (CharacterCodingException malformed) {
            throw new Refusal(ProblemType.BAD_REQUEST, "the body is not UTF-8");
        } catch (IOException wrong) {
            throw new Refusal(ProblemType.BAD_REQUEST, explain(wrong));
        }
        if (value == null) {
            throw new Refusal(ProblemType.BAD_REQUEST, "the body is a JSON object, not null");
        }
        return value;
    }

    private static String explain(IOException wrong) {
        return switch (wrong.getCause() instanceof JsonParseException syntax ? syntax : wrong) {
            case UnrecognizedPropertyException unknown ->
                    "unknown field; known are "
                            + unknown.getKnownPropertyIds().stream()
                                    .map(String::valueOf)
                                    .sorted()
                                    .collect(Collectors.joining(", "));
            case JsonMappingException mapping when !mapping.getPath().isEmpty() ->
                    mapping.getPath().getLast().getFieldName() + " has the wrong type";
            case JsonMappingException mapping -> "the body is not one JSON object";
            case JsonParseException syntax ->
                    "not JSON at line %d, column %d"
                            .formatted(
                                    syntax.getLocation().getLineNr(),
                                    syntax.getLocation().getColumnNr());
            default -> "not JSON";
        };
    }
}
