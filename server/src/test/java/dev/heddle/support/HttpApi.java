package dev.heddle.support;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/// The HTTP API of a server of this machine, as a service calls it. **Thread-safe.**
public final class HttpApi {
    private final HttpClient http = HttpClient.newHttpClient();

    /// Calls it, which must go well; blocks until the answer is there.
    ///
    /// @param port the server's internal one
    /// @param path below `/api/v1/`
    /// @param body JSON; empty for none
    /// @return the answer's body
    public String call(int port, String method, String path, String body)
            throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + "/api/v1/" + path);
        HttpRequest request =
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body))
                        .build();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        assertEquals(2, answer.statusCode() / 100, answer::body);
        return answer.body();
    }

    /// Publishes JSON in a channel.
    public void publish(int port, String channel, String data)
            throws IOException, InterruptedException {
        call(port, "POST", "channels/" + channel + "/publications", "{\"data\":" + data + '}');
    }
}
