package dev.heddle.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;

import dev.heddle.json.RawJson;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/// JSON in and out, strictly: what is not known, comes twice or has another type is refused.
final class Json {
    /// What a caller nests in `data`, and what we nest it in.
    private static final int MAX_DEPTH = RawJson.MAX_DEPTH + 8;

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

    private static final JsonMapper LENIENT =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

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
        String text = text(json);
        T value;
        try {
            value = MAPPER.readerFor(type).withAttribute(RawJson.SOURCE, text).readValue(text);
        } catch (IOException wrong) {
            throw new Refusal(ProblemType.BAD_REQUEST, explain(text, wrong));
        }
        if (value == null) {
            throw new Refusal(ProblemType.BAD_REQUEST, "the body is a JSON object, not null");
        }
        return value;
    }

    private static String text(byte[] json) throws Refusal {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
        } catch (CharacterCodingException malformed) {
            throw new Refusal(ProblemType.BAD_REQUEST, "the body is not UTF-8");
        }
    }

    private static String explain(String text, IOException wrong) {
        Throwable cause = wrong.getCause();
        Throwable why =
                cause instanceof JsonParseException || cause instanceof StreamConstraintsException
                        ? cause
                        : wrong;
        return switch (why) {
            case StreamConstraintsException tooDeep ->
                    "nested too deeply (data: "
                            + RawJson.MAX_DEPTH
                            + " levels), or a number or name is too long";
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
                    "%s at line %d, column %d"
                            .formatted(
                                    isJson(text) ? "a field comes twice" : "not JSON",
                                    syntax.getLocation().getLineNr(),
                                    syntax.getLocation().getColumnNr());
            default -> "not JSON";
        };
    }

    /// Whether a text is JSON if fields may come twice.
    private static boolean isJson(String text) {
        try {
            var _ = LENIENT.readTree(text);
            return true;
        } catch (JsonProcessingException malformed) {
            return false;
        }
    }
}
