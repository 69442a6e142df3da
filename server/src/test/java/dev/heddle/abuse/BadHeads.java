package dev.heddle.abuse;

import dev.heddle.support.RawClient;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/// Abuse before there is a WebSocket: heads that are wrong, endless, slow, or no heads at all.
final class BadHeads {
    private static final Duration BETWEEN_BYTES = Duration.ofMillis(100);

    private BadHeads() {}

    static List<Abuse> all() {
        return List.of(
                new Abuse("garbage instead of a head", BadHeads::garbage),
                new Abuse("half a head", BadHeads::half),
                new Abuse("a head byte by byte", BadHeads::slowly),
                new Abuse("nothing at all", (arena, random) -> requireAnswer(arena.connect(), "")),
                new Abuse("a head too long", BadHeads::tooLong),
                new Abuse("headers too many", BadHeads::tooMany),
                new Abuse("no such page", BadHeads::noSuchPage));
    }

    private static void garbage(Arena arena, Random random) throws IOException {
        RawClient client = arena.connect();
        byte[] bytes = new byte[1 + random.nextInt(4000)];
        random.nextBytes(bytes);
        client.send(bytes);
        requireAnswer(client, "HTTP/1.1 4");
    }

    private static void half(Arena arena, Random random) throws IOException {
        RawClient client = arena.connect();
        client.send("GET /ws HTTP/1.1\r\nHost: x\r\nUpgr".getBytes(StandardCharsets.US_ASCII));
        requireAnswer(client, "HTTP/1.1 408 ");
    }

    private static void slowly(Arena arena, Random random) throws IOException {
        RawClient client = arena.connect();
        Thread sender = Thread.ofPlatform().start(() -> drip(client));
        try {
            requireAnswer(client, "HTTP/1.1 408 ");
        } finally {
            sender.interrupt();
        }
    }

    /// Sends a byte now and then until the connection is gone.
    private static void drip(RawClient client) {
        byte[] head = RawClient.request("GET /ws HTTP/1.1", client.upgradeHeaders());
        try {
            for (int i = 0; i < head.length && !Thread.interrupted(); i++) {
                client.send(head[i]);
                LockSupport.parkNanos(BETWEEN_BYTES.toNanos());
            }
        } catch (IOException gone) {
            Thread.currentThread().interrupt();
        }
    }

    private static void tooLong(Arena arena, Random random) throws IOException {
        RawClient client = arena.connect();
        List<String> headers = new ArrayList<>(client.upgradeHeaders());
        headers.add("X-Long: " + "x".repeat(8 << 10));
        client.send(RawClient.request("GET /ws HTTP/1.1", headers));
        requireAnswer(client, "HTTP/1.1 431 ");
    }

    private static void tooMany(Arena arena, Random random) throws IOException {
        RawClient client = arena.connect();
        List<String> headers = new ArrayList<>(client.upgradeHeaders());
        for (int i = headers.size(); i <= 100; i++) {
            headers.add("X-" + i + ": y");
        }
        client.send(RawClient.request("GET /ws HTTP/1.1", headers));
        requireAnswer(client, "HTTP/1.1 431 ");
    }

    private static void noSuchPage(Arena arena, Random random) throws IOException {
        RawClient client = arena.connect();
        String host = "Host: " + client.host();
        client.send(RawClient.request("GET /no-such HTTP/1.1", List.of(host)));
        requireAnswer(client, "HTTP/1.1 404 ");
    }

    private static void requireAnswer(RawClient client, String start) throws IOException {
        try (client) {
            String answer = client.readToEnd();
            if (!answer.startsWith(start) || start.isEmpty() && !answer.isEmpty()) {
                throw client.failure("expected an answer that begins with '" + start + "'");
            }
        }
    }
}
