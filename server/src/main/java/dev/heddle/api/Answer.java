package dev.heddle.api;

import com.sun.net.httpserver.HttpExchange;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/// The answer to one request.
///
/// @param status of HTTP
/// @param headers beside those of every answer
/// @param body all of it; **not copied**, to be read only
record Answer(int status, Map<String, String> headers, byte[] body) {
    private static final String CONTENT_TYPE = "Content-Type";
    private static final int NO_BODY = -1;

    /// A value in JSON.
    static Answer json(Object value) {
        return new Answer(200, Map.of(CONTENT_TYPE, "application/json"), Json.encode(value));
    }

    /// A line of plain text.
    static Answer text(int status, String line) {
        byte[] body = (line + "\n").getBytes(StandardCharsets.UTF_8);
        return new Answer(status, Map.of(CONTENT_TYPE, "text/plain; charset=utf-8"), body);
    }

    static Answer ok(String contentType, byte[] body) {
        return new Answer(200, Map.of(CONTENT_TYPE, contentType), body);
    }

    /// Done, and there is nothing to say.
    static Answer empty() {
        return new Answer(204, Map.of(), new byte[0]);
    }

    static Answer problem(Problem problem, Map<String, String> headers) {
        Map<String, String> all = new TreeMap<>(headers);
        all.put(CONTENT_TYPE, "application/problem+json");
        return new Answer(problem.status(), all, Json.encode(problem));
    }

    /// Sends it; blocks while the peer does not read.
    void send(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        headers.forEach(exchange.getResponseHeaders()::set);
        if (body.length == 0 || exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, NO_BODY);
        } else {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
