package dev.heddle.command;

import com.fasterxml.jackson.core.JsonProcessingException;

import dev.heddle.json.Json;

/// What an HTTP route of gowebsocket answers with: `{"code": …, "msg": …, "data": …}`, as
/// gowebsocket writes it, byte for byte.
///
/// @param code as [Code#number]
/// @param msg its text, or what the route has to say instead
public record HttpEnvelope(int code, String msg, Object data) {

    public static HttpEnvelope of(Code code, String text, Object data) {
        return new HttpEnvelope(code.number(), text, data);
    }

    /// The answer's body. Its texts must be well-formed: no lone surrogates.
    public byte[] encode() {
        try {
            return Json.write(this);
        } catch (JsonProcessingException bug) {
            throw new IllegalStateException("a map of texts can be written as JSON", bug);
        }
    }
}
