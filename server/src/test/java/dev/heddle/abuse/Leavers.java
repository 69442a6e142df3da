package dev.heddle.abuse;

import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Abuse by leaving: without a goodbye, in the middle of something, or not at all after a goodbye.
final class Leavers {
    private Leavers() {}

    static List<Abuse> all() {
        return List.of(
                new Abuse("a storm of connects and resets", Leavers::storm),
                new Abuse("a storm of handshakes and resets", Leavers::stormInTheHub),
                new Abuse("the end in the middle of a frame", Leavers::endInFrame),
                new Abuse("a reset in the middle of a frame", Leavers::resetInFrame),
                new Abuse("talk after a Close frame", Leavers::talkOn),
                new Abuse("a Close frame never answered", Leavers::neverAnswer));
    }

    private static void storm(Arena arena, Random random) throws IOException {
        for (int i = 0; i < 50; i++) {
            RawClient client = arena.connect();
            if (random.nextBoolean()) {
                client.send("GET /ws HT".getBytes(StandardCharsets.US_ASCII));
            }
            client.abort();
        }
    }

    private static void stormInTheHub(Arena arena, Random random) throws IOException {
        for (int i = 0; i < 20; i++) {
            RawClient client = arena.open();
            if (random.nextBoolean()) {
                client.send(RawFrame.text("about to reset"));
            }
            client.abort();
        }
    }

    private static void endInFrame(Arena arena, Random random) throws IOException {
        try (RawClient client = arena.open()) {
            client.send(half(random));
            client.endOutput();
            Arena.readFramesToEnd(client);
        }
    }

    private static void resetInFrame(Arena arena, Random random) throws IOException {
        RawClient client = arena.open();
        client.send(half(random));
        client.abort();
    }

    private static void talkOn(Arena arena, Random random) throws IOException {
        try (RawClient client = arena.open()) {
            RawFrame[] frames = new RawFrame[50];
            Arrays.fill(frames, RawFrame.text(Arena.NEVER_PUBLISHED));
            frames[0] = RawFrame.close(1000, "");
            client.send(frames);
            Arena.readClose(client, 1000);
        }
    }

    private static void neverAnswer(Arena arena, Random random) throws IOException {
        RawClient client = arena.open();
        client.send(RawFrame.of(RawFrame.CONTINUATION));
        arena.abandon(client);
    }

    private static byte[] half(Random random) {
        byte[] frame = RawFrame.binary(new byte[1 + random.nextInt(10_000)]).encoded();
        return Arrays.copyOf(frame, 1 + random.nextInt(frame.length - 1));
    }
}
