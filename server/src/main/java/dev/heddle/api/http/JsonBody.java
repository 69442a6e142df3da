package dev.heddle.api.http;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;

import dev.heddle.json.Json;
import dev.heddle.json.RawJson;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/// Reads bodies that are to be one JSON object. It refuses unknown fields, fields that come twice
/// and values of another type, in words that help the one who wrote them.
final class JsonBody {
    private JsonBody() {}

    /// Reads a body as a record, whose components are `null` where nothing was sent.
    ///
    /// @throws Refusal if it is something else
    static <T> T decode(byte[] json, Class<T> type) throws Refusal {
        String text = text(json);
        @Nullable T value;
        try {
            value = Json.read(text, type);
        } catch (JsonProcessingException wrong) {
            throw Refusal.badRequest(explain(text, wrong));
        }
        if (value == null) {
            throw Refusal.badRequest("the body is a JSON object, not null");
        }
        return value;
    }

    private static String text(byte[] json) throws Refusal {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
        } catch (CharacterCodingException malformed) {
            throw Refusal.badRequest("the body is not UTF-8");
        }
    }

    private static String explain(String text, JsonProcessingException wrong) {
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
            var _ = Json.read(text);
            return true;
        } catch (JsonProcessingException malformed) {
            return false;
        }
    }
}
