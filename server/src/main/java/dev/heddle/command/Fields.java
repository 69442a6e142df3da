package dev.heddle.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

import java.util.Map;

/// The fields of a JSON object, taken as gowebsocket takes them: names without regard to case (so
/// `userID` is also `userId`), and what is missing or `null` is empty or 0. Used by one thread.
final class Fields {
    private static final long MAX_UINT32 = 0xFFFF_FFFFL;

    private final JsonNode json;
    private boolean asAsked;

    /// @param json an object; missing or `null` is one without fields, anything else is none
    Fields(JsonNode json) {
        this.json = json;
        this.asAsked = true;
    }

    /// Whether all that was asked for so far was of its type.
    boolean isAsAsked() {
        return asAsked;
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

    /// A number of 32 bits without sign; 0 for what is larger than an `int`.
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
        return number <= Integer.MAX_VALUE ? (int) number : 0;
    }
}
