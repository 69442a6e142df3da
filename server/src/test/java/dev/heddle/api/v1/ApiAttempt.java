package dev.heddle.api.v1;

import dev.heddle.api.v1.ApiDescription.Operation;
import dev.heddle.support.ApiClient;
import dev.heddle.support.HttpAnswer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One call of an operation.
///
/// @param variables what stands for the segments in braces
record ApiAttempt(
        Operation operation,
        Map<String, String> variables,
        String query,
        List<String> headers,
        String body) {

    ApiAttempt with(String name, String value) {
        Map<String, String> others = new HashMap<>(variables);
        others.put(name, value);
        return new ApiAttempt(operation, others, query, headers, body);
    }

    ApiAttempt query(String other) {
        return new ApiAttempt(operation, variables, other, headers, body);
    }

    ApiAttempt header(String line) {
        List<String> others = new ArrayList<>(headers);
        String name = line.substring(0, line.indexOf(':') + 1);
        others.removeIf(other -> other.startsWith(name));
        others.add(line);
        return new ApiAttempt(operation, variables, query, others, body);
    }

    ApiAttempt body(String other) {
        return new ApiAttempt(operation, variables, query, headers, other);
    }

    String target() {
        String path = operation.template();
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            path = path.replace("{" + variable.getKey() + "}", variable.getValue());
        }
        return query.isEmpty() ? path : path + "?" + query;
    }

    /// The answer of the internal port with that number.
    HttpAnswer ask(int port) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new ApiClient(port).ask(operation.method(), target(), headers, bytes);
    }

    /// The ways in which a call may be wrong, each with the status that it must get.
    List<Map.Entry<Integer, ApiAttempt>> wrong() {
        List<Map.Entry<Integer, ApiAttempt>> wrong = new ArrayList<>();
        wrong.add(Map.entry(403, header("Origin: https://evil.example")));
        wrong.add(Map.entry(421, header("Host: rebound.example")));
        if (variables.containsKey("user")) {
            wrong.add(Map.entry(404, with("user", "nobody")));
            wrong.add(Map.entry(404, with("user", "%00%E2%80%A8")));
            wrong.add(Map.entry(400, with("user", "%C3%28")));
        }
        if (variables.containsKey("room")) {
            wrong.add(Map.entry(404, with("room", "999")));
            wrong.add(Map.entry(404, with("room", "0x65")));
            wrong.add(Map.entry(404, with("room", "4294967397")));
        }
        if (variables.containsKey("id")) {
            wrong.add(Map.entry(410, with("id", "999999999")));
            wrong.add(Map.entry(410, with("id", "99999999999999999999")));
            wrong.add(Map.entry(410, with("id", "-1")));
        }
        if (variables.containsKey("channel")) {
            wrong.add(Map.entry(400, with("channel", "%0A")));
            wrong.add(Map.entry(400, with("channel", "c".repeat(256))));
            wrong.add(Map.entry(400, with("channel", "%C3%28")));
            wrong.add(Map.entry(404, with("channel", "room:999")));
        }
        if (operation.template().endsWith("/history")) {
            wrong.add(Map.entry(410, query("epoch=other&offset=0")));
            wrong.add(Map.entry(400, query("epoch=other")));
            wrong.add(Map.entry(400, query("offset=-1")));
        }
        if (operation.template().equals("/api/v1/publications")) {
            String item = "{\"channels\":[\"room:999\"],\"data\":1}";
            wrong.add(Map.entry(404, body("{\"publications\":[" + item + "]}")));
        }
        if (operation.template().endsWith("/drain")) {
            wrong.add(Map.entry(400, query("over=soon")));
            wrong.add(Map.entry(400, query("over=25h")));
            wrong.add(Map.entry(400, query("ovr=5s")));
        }
        if (!query.isEmpty() || !operation.method().equals("GET")) {
            wrong.add(Map.entry(400, query("unknown=1&" + query)));
        }
        if (query.contains("limit=")) {
            wrong.add(Map.entry(400, query("limit=x")));
            wrong.add(Map.entry(400, query("limit=10001")));
            wrong.add(Map.entry(400, query("after=%FF")));
        }
        if (!body.isEmpty()) {
            wrong.addAll(wrongBodies());
        }
        return wrong;
    }

    private List<Map.Entry<Integer, ApiAttempt>> wrongBodies() {
        return List.of(
                Map.entry(415, header("Content-Type: text/plain")),
                Map.entry(413, body("{\"text\":\"" + "x".repeat(300_000) + "\"}")),
                Map.entry(400, body("{}")),
                Map.entry(400, body("[]")),
                Map.entry(400, body("{\"text\":")),
                Map.entry(400, body("{\"text\":\"\"}")),
                Map.entry(400, body("{\"text\":null}")),
                Map.entry(400, body("{\"text\":1}")),
                Map.entry(400, body("{\"text\":\"\\ud83d\"}")),
                Map.entry(400, body("{\"text\":\"\\ude00\\ud83d\"}")),
                Map.entry(400, body("{\"text\":\"" + "x".repeat(16_385) + "\"}")),
                Map.entry(400, body("{\"text\":\"x\",\"id\":\"" + "i".repeat(129) + "\"}")),
                Map.entry(400, body("{\"text\":\"x\",\"id\":\"\\udc00\"}")),
                Map.entry(400, body("{\"text\":\"x\",\"from\":\"\\udc00\"}")),
                Map.entry(400, body(body.replace("{", "{\"unknown\":1,"))),
                Map.entry(400, body(body.replace("{", "{\"text\":\"twice\","))),
                Map.entry(400, body(body + body)));
    }
}
