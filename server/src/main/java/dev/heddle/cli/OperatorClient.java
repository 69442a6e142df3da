package dev.heddle.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

import dev.heddle.config.Authority;
import dev.heddle.config.InternalSettings;
import dev.heddle.config.Printable;
import dev.heddle.config.Secret;
import dev.heddle.config.Settings;
import dev.heddle.json.Json;
import dev.heddle.tls.OwnCertificate;
import dev.heddle.tls.TlsFault;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/// Asks a server that runs with the same settings as this process, through its internal port.
final class OperatorClient {
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERRORS = 500;
    private static final int PROBE_MILLIS = 5_000;

    private final String base;
    private final Secret key;
    private final HttpClient http;
    private final Optional<Duration> patience;

    /// @throws Complaint if the certificate of the internal port cannot be used
    OperatorClient(Settings settings) throws Complaint {
        InternalSettings port = settings.internal();
        boolean isSecure = port.tls().isOn();
        this.base = (isSecure ? "https://" : "http://") + Authority.here(port.host(), port.port());
        this.key = port.api().apiKey();
        this.patience = Optional.empty();
        try {
            this.http =
                    isSecure
                            ? HttpClient.newBuilder()
                                    .sslContext(OwnCertificate.client("internal.tls", port.tls()))
                                    .build()
                            : HttpClient.newHttpClient();
        } catch (TlsFault fault) {
            throw Complaint.cannot(String.valueOf(fault.getMessage()));
        }
    }

    private OperatorClient(OperatorClient other, Duration patience) {
        this.base = other.base;
        this.key = other.key;
        this.http = other.http;
        this.patience = Optional.of(patience);
    }

    /// The same, but a server that does not begin to answer for so long does not answer.
    OperatorClient within(Duration patience) {
        return new OperatorClient(this, patience);
    }

    /// The base address of the server: `http://127.0.0.1:8081`.
    String base() {
        return base;
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
                HttpRequest.newBuilder(URI.create(base + target))
                        .method(method, BodyPublishers.noBody());
        patience.ifPresent(request::timeout);
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
                throw refusal(answer.statusCode(), body);
            }
        } catch (ConnectException nobody) {
            throw Complaint.away("no server answers at " + base + "; is it running?");
        } catch (IOException broken) {
            throw Complaint.away(base + " does not answer: " + broken.getMessage());
        }
    }

    /// Asks for JSON. Blocks until it is there.
    ///
    /// @param target path and query
    /// @throws Complaint if there is no such server, or it refuses
    JsonNode json(String target) throws Complaint, InterruptedException {
        try (InputStream body = bounded(get(target))) {
            return Json.read(text(body));
        } catch (IOException broken) {
            throw Complaint.away(base + " does not answer: " + broken.getMessage());
        }
    }

    /// Whether nothing listens at the port any more: a server that is silent is there. Blocks until
    /// that is known.
    boolean isGone() {
        URI address = URI.create(base);
        try (Socket probe = new Socket()) {
            probe.connect(
                    new InetSocketAddress(address.getHost(), address.getPort()), PROBE_MILLIS);
            return false;
        } catch (ConnectException nobody) {
            return true;
        } catch (IOException silent) {
            return false;
        }
    }

    private InputStream bounded(InputStream body) {
        return patience.isPresent() ? new Unsilent(body, patience.get()) : body;
    }

    private static String text(InputStream body) throws IOException {
        return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }

    private Complaint refusal(int status, InputStream body) throws IOException {
        JsonNode problem;
        try {
            problem = Json.read(text(body));
        } catch (JsonProcessingException other) {
            return Complaint.cannot(
                    "the server at %s (%d) is no internal port of Heddle".formatted(base, status));
        }
        String why =
                "the server at %s refuses (%d): %s; %s"
                        .formatted(
                                base,
                                status,
                                Printable.of(problem.path("title").asText()),
                                Printable.of(problem.path("detail").asText()));
        boolean mayPass = status == TOO_MANY || status >= SERVER_ERRORS;
        return mayPass ? Complaint.away(why) : Complaint.cannot(why);
    }
}
