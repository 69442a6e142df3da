package dev.heddle.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

import dev.heddle.config.Authority;
import dev.heddle.config.Printable;
import dev.heddle.config.Secret;
import dev.heddle.config.Settings;
import dev.heddle.json.Json;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/// Asks a server that runs with the same settings as this process, through its internal port.
final class OperatorClient {
    private final String authority;
    private final Secret key;
    private final HttpClient http = HttpClient.newHttpClient();

    OperatorClient(Settings settings) {
        this.authority = Authority.here(settings.internal().host(), settings.internal().port());
        this.key = settings.internal().api().apiKey();
    }

    /// A text as it may stand in a query.
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /// JSON that the server has sent.
    ///
    /// @throws JsonProcessingException if it is none
    static JsonNode parsed(String json) throws JsonProcessingException {
        return Json.read(json);
    }

    /// Asks, and returns the answer's body, to be read and **closed by the caller**. Blocks until
    /// the server begins to answer.
    ///
    /// @param target path and query
    /// @throws Complaint if there is no such server, or it refuses
    InputStream get(String target) throws Complaint, InterruptedException {
        return ask("GET", target);
    }

    /// Has something done, and otherwise the same.
    ///
    /// @param target path and query
    /// @throws Complaint if there is no such server, or it refuses
    InputStream post(String target) throws Complaint, InterruptedException {
        return ask("POST", target);
    }

    private InputStream ask(String method, String target) throws Complaint, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://" + authority + target))
                        .method(method, BodyPublishers.noBody());
        if (key.isSet()) {
            request.header("X-API-Key", key.text());
        }
        try {
            HttpResponse<InputStream> answer =
                    http.send(request.build(), BodyHandlers.ofInputStream());
            if (answer.statusCode() == 200) {
                return answer.body();
            }
            try (InputStream body = answer.body()) {
                throw Complaint.cannot(refusal(answer.statusCode(), body));
            }
        } catch (ConnectException nobody) {
            throw Complaint.cannot("no server answers at http://" + authority + "; does one run?");
        } catch (IOException broken) {
            throw Complaint.cannot(
                    "http://" + authority + " does not answer: " + broken.getMessage());
        }
    }

    /// Asks for JSON. Blocks until it is there.
    ///
    /// @param target path and query
    /// @throws Complaint if there is no such server, or it refuses
    JsonNode json(String target) throws Complaint, InterruptedException {
        try (InputStream body = get(target)) {
            return Json.read(text(body));
        } catch (IOException broken) {
            throw Complaint.cannot(
                    "http://" + authority + " does not answer: " + broken.getMessage());
        }
    }

    private static String text(InputStream body) throws IOException {
        return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }

    private String refusal(int status, InputStream body) throws IOException {
        JsonNode problem;
        try {
            problem = Json.read(text(body));
        } catch (JsonProcessingException other) {
            return "what answers at http://%s (%d) is no internal port"
                    .formatted(authority, status);
        }
        return "the server at http://%s refuses (%d): %s; %s"
                .formatted(
                        authority,
                        status,
                        Printable.of(problem.path("title").asText()),
                        Printable.of(problem.path("detail").asText()));
    }
}
