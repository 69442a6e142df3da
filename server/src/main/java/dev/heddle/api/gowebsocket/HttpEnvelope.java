package dev.heddle.api.gowebsocket;

import dev.heddle.acc.wire.Code;
import dev.heddle.json.Json;

/// The answer of gowebsocket's HTTP routes: `{"code": …, "msg": …, "data": …}`, as gowebsocket
/// writes it, byte for byte.
///
/// @param code as [Code#number]
/// @param msg its text, or what the route has to say instead
record HttpEnvelope(int code, String msg, Object data) {

    static HttpEnvelope of(Code code, String text, Object data) {
        return new HttpEnvelope(code.number(), text, data);
    }

    /// Encodes the body of an answer. Its texts must be well-formed: no lone surrogates.
    byte[] encode() {
        return Json.writeAsGo(this);
    }
}
