package dev.heddle.acc.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

import dev.heddle.json.Json;
import dev.heddle.json.RawJson;

import java.util.Map;
import java.util.Optional;

/// The fields of a JSON object, taken as gowebsocket takes them: names without regard to case (so
/// `userID` is also `userId`), and what is missing or `null` is empty or 0. Used by one thread.
final class Fields {
    private static final long MAX_UINT32 = 0xFFFF_FFFFL;

    private final JsonNode json;
    private final String request;
    private boolean asAsked;

    /// @param json an object; missing or `null` is one without fields, anything else is none
    /// @param request the whole text of which it is `data`
    Fields(JsonNode json, String request) {
        this.json = json;
        this.request = request;
        this.asAsked = true;
    }

    Fields(JsonNode json) {
        this(json, "");
    }

    /// Whether all that was asked for so far was of its type.
    boolean isAsAsked() {
        return asAsked;
    }

    /// Demands something.
    void require(boolean isSo) {
        asAsked &= isSo;
    }

    /// The field `data`, which must be there and not be nested too deeply, as it was written.
    RawJson data() {
        try {
            Optional<RawJson> written = Json.readData(request);
            asAsked &= written.isPresent();
            return written.orElse(new RawJson("null"));
        } catch (StreamConstraintsException tooDeep) {
            asAsked = false;
            return new RawJson("null");
        } catch (JsonProcessingException changed) {
            throw new IllegalStateException("was JSON a moment ago", changed);
        }
    }

    /// A field of any type.
    JsonNode any(String name) {
        if (!json.isObject()) {
            asAsked &= json.isMissingNode() || json.isNull();
            return MissingNode.getInstance();
        }
        JsonNode found = MissingNode.getInstance();
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            if (field.getKey().equalsIgnoreCase(name)) {
                found = field.getValue();
            }
        }
        return found;
    }

    /// A text; lone surrogates in it become U+FFFD.
    String text(String name) {
        JsonNode field = any(name);
        if (field.isMissingNode() || field.isNull()) {
            return "";
        }
        asAsked &= field.isTextual();
        return Json.wellFormed(field.asText());
    }

    /// An object; without fields if it is missing.
    Fields object(String name) {
        JsonNode field = any(name);
        asAsked &= field.isMissingNode() || field.isNull() || field.isObject();
        return new Fields(field);
    }

    /// Whether there is such a field.
    boolean has(String name) {
        JsonNode field = any(name);
        return !field.isMissingNode() && !field.isNull();
    }

    /// A whole number that is not negative, 0 if it is missing.
    long wholeNumber(String name) {
        JsonNode field = any(name);
        if (field.isMissingNode() || field.isNull()) {
            return 0;
        }
        asAsked &= field.canConvertToExactIntegral() && field.canConvertToLong();
        long number = field.asLong();
        asAsked &= number >= 0;
        return number;
    }

    /// A number of 32 bits without sign; -1 for what is larger than an `int`.
    int number(String name) {
        JsonNode field = any(name);
        if (field.isMissingNode() || field.isNull()) {
            return 0;
        }
        double number = field.asDouble();
        asAsked &=
                field.isNumber()
                        && number >= 0
                        && number <= MAX_UINT32
                        && number == Math.rint(number);
        return number <= Integer.MAX_VALUE ? (int) number : -1;
    }
}
