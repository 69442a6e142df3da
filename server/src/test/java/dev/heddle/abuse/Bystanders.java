package dev.heddle.abuse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.support.Crew;
import dev.heddle.support.Patience;
import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/// Honest clients that stand by while somebody else does harm. One sends a message on `/ws` as soon
/// as its last one has come back, one opens connections, and one asks for `/livez`. They lose
/// nothing, are never told to go, and say how long it took.
final class Bystanders implements AutoCloseable {
    private static final int LEAST_ROUNDS = 100;
    private static final Duration PAUSE = Duration.ofMillis(2);
    private static final Duration PATIENCE = Patience.BOUND;

    private final Crew crew = new Crew();
    private final HttpClient http = HttpClient.newHttpClient();
    private final CountDownLatch begun = new CountDownLatch(3);
    private final AtomicBoolean over = new AtomicBoolean();
    private final Latencies roundTrips = new Latencies("a round trip");
    private final Latencies handshakes = new Latencies("a handshake");
    private final Latencies health = new Latencies("/livez");
    private final int port;
    private final HttpRequest livez;

    /// Blocks until each has done its first round: what comes later meets them at work.
    Bystanders(int port, int internalPort) throws InterruptedException {
        this.port = port;
        livez =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + internalPort + "/livez"))
                        .build();
        crew.start(this::talk);
        crew.start(() -> repeat(number -> handshakes.time(this::open)));
        crew.start(() -> repeat(number -> assertEquals(200, health.time(this::askForHealth))));
        if (!begun.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            try {
                crew.join(Duration.ZERO); // which says why
            } finally {
                close();
            }
        }
    }

    /// Lets them finish; blocks until each has done enough rounds to be worth a percentile.
    ///
    /// @param attack what went on meanwhile, for people to read
    /// @return how often `/livez` was asked for, in all
    int finish(String attack) throws InterruptedException {
        over.set(true);
        crew.join(PATIENCE.multipliedBy(2));
        System.out.printf("%s: %s, %s, %s%n", attack, roundTrips, handshakes, health);
        return health.count();
    }

    /// How many messages have been sent and have come back.
    int rounds() {
        return roundTrips.count();
    }

    @Override
    public void close() {
        over.set(true);
        crew.close();
        http.shutdownNow();
    }

    /// What is done again and again.
    @FunctionalInterface
    private interface Round {
        void play(int number) throws Exception;
    }

    private void repeat(Round round) throws Exception {
        round.play(0);
        begun.countDown();
        for (int i = 1; i < LEAST_ROUNDS || !over.get(); i++) {
            LockSupport.parkNanos(PAUSE.toNanos());
            round.play(i);
        }
    }

    private void talk() throws Exception {
        try (RawClient client = RawClient.open(port, "/ws").readWithin(PATIENCE)) {
            repeat(number -> roundTrips.time(() -> say(client, "bystander " + number)));
            client.send(RawFrame.close(1000, ""));
            Arena.readClose(client, 1000);
        }
    }

    /// Says something and reads past what others say until it comes back.
    private static String say(RawClient client, String text) throws IOException {
        client.send(RawFrame.text(text));
        while (true) {
            RawFrame frame = client.readFrame();
            switch (frame.opcode()) {
                case RawFrame.PING -> client.send(RawFrame.of(RawFrame.PONG, frame.payload()));
                case RawFrame.CLOSE -> throw client.failure("a bystander is sent away");
                default -> {
                    if (frame.opcode() == RawFrame.TEXT && frame.text().equals(text)) {
                        return text;
                    }
                }
            }
        }
    }

    /// Opens one more connection.
    private boolean open() throws IOException {
        try (RawClient client = RawClient.connect(port).readWithin(PATIENCE)) {
            client.sendHandshake("/ws");
            client.requireUpgrade(client.readAnswer("GET"));
            return true;
        }
    }

    private int askForHealth() throws Exception {
        return http.send(livez, BodyHandlers.discarding()).statusCode();
    }
}
