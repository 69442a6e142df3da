package dev.heddle.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// One HTTP/1.1 response. Immutable but for the body's array, which nobody changes.
///
/// @param headers name to value, in the order in which they are sent
public record Response(Status status, Map<String, String> headers, byte[] body) {
    private static final byte[] NOTHING = {};

    /// A response without body.
    public static Response empty(Status status) {
        return new Response(status, Map.of(), NOTHING);
    }

    /// A response whose body is one line of text.
    public static Response text(Status status, String line) {
        byte[] body = (line + "\n").getBytes(StandardCharsets.UTF_8);
        return new Response(status, Map.of("Content-Type", "text/plain; charset=utf-8"), body);
    }

    /// The answer to a request that breaks a rule.
    public static Response of(BadRequest bad) {
        return text(bad.status(), bad.reason());
    }

    /// The same response with one more header.
    public Response with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Response(status, more, body);
    }

    /// The bytes for the wire.
    ///
    /// @param withBody whether the body is sent, or only announced as for `HEAD`
    /// @param persistence whether the connection stays open for another request
    public byte[] encode(boolean withBody, Persistence persistence) {
        String framing = "Content-Length: " + body.length + "\r\n";
        byte[] start = head(status, headers, framing, persistence);
        if (!withBody) {
            return start;
        }
        byte[] bytes = Arrays.copyOf(start, start.length + body.length);
        System.arraycopy(body, 0, bytes, start.length, body.length);
        return bytes;
    }

    /// A response's head for the wire.
    ///
    /// @param framing the line that says where the body ends, or nothing
    public static byte[] head(
            Status status, Map<String, String> headers, String framing, Persistence persistence) {
        StringBuilder head = new StringBuilder(256);
        head.append("HTTP/1.1 ").append(status).append("\r\nDate: ");
        head.append(HttpDate.now()).append("\r\n");
        headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        head.append(framing).append(persistence.line).append("\r\n");
        return head.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
