package dev.heddle.bench.engine;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.random.RandomGenerator;

/// One opening handshake, the client's side (RFC 6455, sections 4.1 and 4.2.2). Pure.
final class Handshake {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int NONCE_BYTES = 16;
    private static final int LONGEST_RETRY_AFTER = 3600;
    private static final MessageDigest SHA_1 = sha1();

    private final Target target;
    private final String key;

    Handshake(Target target, RandomGenerator random) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        this.target = target;
        this.key =
                target.header("Sec-WebSocket-Key")
                        .orElse(Base64.getEncoder().encodeToString(nonce));
    }

    ByteBuffer request() {
        StringBuilder head = new StringBuilder(target.requestLine(target.path()));
        addUnlessGiven(head, "Upgrade", "websocket");
        addUnlessGiven(head, "Connection", "Upgrade");
        addUnlessGiven(head, "Sec-WebSocket-Key", key);
        addUnlessGiven(head, "Sec-WebSocket-Version", "13");
        target.headers().stream()
                .filter(header -> !header.regionMatches(true, 0, "Host:", 0, "Host:".length()))
                .forEach(header -> head.append(header).append("\r\n"));
        return ByteBuffer.wrap(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
    }

    private void addUnlessGiven(StringBuilder head, String name, String value) {
        if (target.header(name).isEmpty()) {
            head.append(name).append(": ").append(value).append("\r\n");
        }
    }

    /// What is wrong with the response; null when it accepts.
    @Nullable Failure check(ResponseHead response) {
        int status = response.status();
        if (status == 503 || status == 429) {
            return new Failure.Refused(status, retryAfterSeconds(response));
        }
        if (status != 101) {
            return new Failure.Broken("the server answered " + response.statusLine());
        }
        if (!"websocket".equalsIgnoreCase(response.header("Upgrade"))) {
            return new Failure.Broken("the answer has no Upgrade: websocket");
        }
        if (!response.hasToken("Connection", "upgrade")) {
            return new Failure.Broken("the answer has no Connection: Upgrade");
        }
        if (!accept().equals(response.header("Sec-WebSocket-Accept"))) {
            return new Failure.Broken("the answer has a wrong Sec-WebSocket-Accept");
        }
        return checkExtensions(response.header("Sec-WebSocket-Extensions"));
    }

    private @Nullable Failure checkExtensions(@Nullable String extensions) {
        if (extensions == null) {
            return null;
        }
        if (!Compression.isOfferedBy(target)) {
            return new Failure.Broken("the answer has an extension that nobody asked for");
        }
        return Compression.isAgreed(extensions)
                ? null
                : new Failure.Broken("the answer has another extension: " + extensions);
    }

    private String accept() {
        byte[] text = (key + GUID).getBytes(StandardCharsets.US_ASCII);
        synchronized (SHA_1) {
            return Base64.getEncoder().encodeToString(SHA_1.digest(text));
        }
    }

    private static int retryAfterSeconds(ResponseHead response) {
        String seconds = response.header("Retry-After");
        boolean isNumber = seconds != null && seconds.matches("\\d{1,9}");
        return isNumber ? Math.min(Integer.parseInt(seconds), LONGEST_RETRY_AFTER) : 0;
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new AssertionError(everyJavaHasIt);
        }
    }
}
