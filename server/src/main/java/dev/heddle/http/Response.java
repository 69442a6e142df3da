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
    /// @param keepAlive whether the connection stays open for another request
    public byte[] encode(boolean withBody, boolean keepAlive) {
        StringBuilder head = new StringBuilder(256);
        head.append("HTTP/1.1 ").append(status).append("\r\n");
        headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        head.append("Content-Length: ").append(body.length).append("\r\n");
        head.append(keepAlive ? "\r\n" : "Connection: close\r\n\r\n");
        byte[] start = head.toString().getBytes(StandardCharsets.ISO_8859_1);
        if (!withBody) {
            return start;
        }
        byte[] bytes = Arrays.copyOf(start, start.length + body.length);
        System.arraycopy(body, 0, bytes, start.length, body.length);
        return bytes;
    }
}
