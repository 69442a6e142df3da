package dev.heddle.gateway;

import dev.heddle.config.GatewayRoute;
import dev.heddle.gateway.ServiceReply.Answer;
import dev.heddle.gateway.ServiceReply.Failure;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A service that takes events over HTTP, in CloudEvents' binary mode. **Thread-safe.**
///
/// HTTP/1.1 alone, since the JDK's client would ask for an upgrade with each request, at which some
/// services stumble; connections are kept. Its own timeout ends with the head of the answer, so the
/// clock here is one over everything.
final class HttpService implements AutoCloseable {
    private static final String STATE = ServiceEvent.PREFIX + "state";
    private static final String JOIN = ServiceEvent.PREFIX + "join";
    private static final String LEAVE = ServiceEvent.PREFIX + "leave";
    private static final String SIGNATURE = ServiceEvent.PREFIX + "signature";

    private final HttpClient client;
    private final HttpRequest.Builder blank;
    private final EventSigner signer;
    private final int maxAnswerBytes;

    HttpService(GatewayRoute route) {
        this.client =
                HttpClient.newBuilder()
                        .version(Version.HTTP_1_1)
                        .followRedirects(Redirect.NEVER)
                        .connectTimeout(route.service().timeout())
                        .executor(Executors.newVirtualThreadPerTaskExecutor())
                        .build();
        this.blank = HttpRequest.newBuilder(route.service().to()).setHeader("User-Agent", "Heddle");
        this.signer = new EventSigner(route.service().secrets());
        this.maxAnswerBytes = route.endpoint().limits().maxOutboxBytes();
    }

    /// An event as it is sent, as often as it takes. Pure.
    HttpRequest request(ServiceEvent event) {
        String[] attributes = event.attributes();
        HttpRequest.Builder request =
                blank.copy()
                        .headers(attributes)
                        .setHeader("Content-Type", event.data().type())
                        .POST(BodyPublishers.ofByteArray(event.data().bytes()));
        if (signer.signs()) {
            request.setHeader(SIGNATURE, signer.sign(attributes, event.data()));
        }
        return request.build();
    }

    /// Sends an event once. Blocks until the whole answer is there, at most for the given time.
    ServiceReply send(HttpRequest request, long nanos) {
        BoundedBody body = new BoundedBody(maxAnswerBytes);
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request, body);
        try {
            HttpResponse<byte[]> whole = answer.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
            return hasTwoEnds(whole.headers()) ? Failure.MALFORMED : answer(whole);
        } catch (TimeoutException late) {
            answer.cancel(true);
            return Failure.TIMEOUT;
        } catch (InterruptedException stopping) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return Failure.TIMEOUT;
        } catch (ExecutionException failed) {
            return failure(failed.getCause(), body.hasBegun);
        }
    }

    /// Whether the head says in two ways where the body ends: the JDK's client takes one of them.
    private static boolean hasTwoEnds(HttpHeaders head) {
        int lengths = head.allValues("Content-Length").size();
        return lengths + head.allValues("Transfer-Encoding").size() > 1;
    }

    private static Answer answer(HttpResponse<byte[]> response) {
        return new Answer(
                response.statusCode(),
                mediaType(response.headers().firstValue("Content-Type").orElse("")),
                response.headers().firstValue(STATE),
                ChannelChange.read(
                        response.headers().allValues(JOIN), response.headers().allValues(LEAVE)),
                response.body());
    }

    private static String mediaType(String value) {
        int end = value.indexOf(';');
        return (end < 0 ? value : value.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    /// @param cause which is no `IOException` if the answer's head is nonsense: the JDK's client
    ///   then throws what its own parts throw
    private static Failure failure(@Nullable Throwable cause, boolean hasBegun) {
        return switch (cause) {
            case ConnectException refused -> Failure.UNREACHABLE;
            case HttpConnectTimeoutException late -> Failure.UNREACHABLE;
            case IOException gone -> hasBegun ? Failure.MALFORMED : Failure.CUT_OFF;
            case null, default -> Failure.MALFORMED;
        };
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    /// Takes a body of so many bytes at most, and knows whether the answer has begun.
    private static final class BoundedBody implements HttpResponse.BodyHandler<byte[]> {
        private final int maxBytes;
        private volatile boolean hasBegun;

        BoundedBody(int maxBytes) {
            this.maxBytes = maxBytes;
        }

        @Override
        public BodySubscriber<byte[]> apply(ResponseInfo head) {
            hasBegun = true;
            return BodyHandlers.limiting(BodyHandlers.ofByteArray(), maxBytes).apply(head);
        }
    }
}
