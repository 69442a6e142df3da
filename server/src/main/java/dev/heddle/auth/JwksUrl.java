package dev.heddle.auth;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyType;

import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A JWKS that is fetched. Secrets in it are passed over: what is published is none.
///
/// The whole answer has three seconds. A server that sends a byte now and then gets no more: the
/// client's own timeouts are for single reads or end with the head.
final class JwksUrl implements KeySource {
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final int MAX_BYTES = 256 << 10;
    private static final int OK = 200;

    private final String url;
    private final HttpClient client =
            HttpClient.newBuilder()
                    .connectTimeout(TIMEOUT)
                    .followRedirects(Redirect.NEVER)
                    .proxy(ProxySelector.getDefault())
                    .executor(
                            Executors.newThreadPerTaskExecutor(
                                    Thread.ofVirtual().name("heddle-jwks").factory()))
                    .build();

    JwksUrl(String url) {
        this.url = url;
    }

    @Override
    public JWKSet load() throws KeyFault {
        try {
            List<JWK> keys =
                    KeyText.ofKeys(fetch()).getKeys().stream()
                            .filter(key -> !key.getKeyType().equals(KeyType.OCT))
                            .map(JWK::toPublicJWK)
                            .toList();
            if (keys.isEmpty()) {
                throw new KeyFault("has secrets only");
            }
            return new JWKSet(keys);
        } catch (KeyFault fault) {
            throw new KeyFault("token.jwks-url " + url + " " + fault.getMessage());
        }
    }

    private String fetch() throws KeyFault {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url))
                        .header("Accept", "application/jwk-set+json, application/json")
                        .build();
        CompletableFuture<HttpResponse<String>> answer =
                client.sendAsync(
                        request,
                        BodyHandlers.limiting(
                                BodyHandlers.ofString(StandardCharsets.UTF_8), MAX_BYTES));
        try {
            HttpResponse<String> response = answer.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() != OK) {
                throw new KeyFault("answers " + response.statusCode());
            }
            return response.body();
        } catch (TimeoutException late) {
            throw new KeyFault("does not answer within 3s");
        } catch (ExecutionException failed) {
            throw new KeyFault(
                    failed.getCause() instanceof IOException failure
                            ? "cannot be fetched: " + failure.getClass().getSimpleName()
                            : "cannot be fetched");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new KeyFault("was not waited for");
        } finally {
            answer.cancel(true);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
