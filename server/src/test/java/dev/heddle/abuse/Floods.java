package dev.heddle.abuse;

import dev.heddle.frame.CloseCode;
import dev.heddle.support.Crew;
import dev.heddle.support.Patience;
import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Abuse by number: more of what alone would be allowed than anybody needs.
final class Floods {
    private static final Duration PATIENCE = Patience.BOUND;
    private static final int MAX_FRAGMENTS = HubUnderAbuseIT.MAX_FRAGMENTS;

    private Floods() {}

    static List<Abuse> all() {
        return List.of(
                new Abuse("a flood of pings", Floods::pings),
                new Abuse("unsolicited pongs", Floods::pongs),
                new Abuse("fragments of one byte", (a, random) -> fragments(a, 1, 1008, 1009)),
                new Abuse("empty fragments", (arena, random) -> fragments(arena, 0, 1008)),
                new Abuse("half frames held open", Floods::halfFrames));
    }

    /// The last of many pings has to be answered, the others may be skipped (RFC 6455, 5.5.3).
    private static void pings(Arena arena, Random random) throws IOException {
        try (RawClient client = arena.open()) {
            RawFrame[] pings = new RawFrame[2000];
            Arrays.setAll(pings, i -> RawFrame.ping("ping " + i));
            client.send(pings);
            String last = pings[pings.length - 1].text();
            RawFrame frame = client.readFrame();
            while (frame.opcode() != RawFrame.PONG || !frame.text().equals(last)) {
                frame = client.readFrame();
            }
            client.send(RawFrame.close(1000, ""));
            Arena.readClose(client, 1000);
        }
    }

    private static void pongs(Arena arena, Random random) throws IOException {
        try (RawClient client = arena.open()) {
            RawFrame[] pongs = new RawFrame[1000];
            Arrays.fill(pongs, RawFrame.of(RawFrame.PONG, new byte[random.nextInt(126)]));
            client.send(pongs);
            client.send(RawFrame.close(3000, "enough"));
            Arena.readClose(client, 3000);
        }
    }

    /// One fragment more than a message may have.
    private static void fragments(Arena arena, int bytes, int... codes) throws IOException {
        try (RawClient client = arena.open()) {
            RawFrame[] frames = new RawFrame[MAX_FRAGMENTS + 1];
            Arrays.fill(frames, RawFrame.of(RawFrame.CONTINUATION, new byte[bytes]).unfinished());
            frames[0] = RawFrame.binary(new byte[bytes]).unfinished();
            client.send(frames);
            Arena.readClose(client, codes);
        }
    }

    /// Together they want more than the process has for unfinished messages.
    private static void halfFrames(Arena arena, Random random) throws Exception {
        int length = HubUnderAbuseIT.MAX_MESSAGE_BYTES;
        byte[] frame = RawFrame.binary(new byte[length]).encoded();
        byte[] begun = Arrays.copyOf(frame, length * 3 / 4);
        try (Crew crew = new Crew()) {
            for (int i = 0; i < 2 * HubUnderAbuseIT.MAX_UNFINISHED_BYTES / length; i++) {
                crew.start(() -> halfFrame(arena, begun));
            }
            crew.join(PATIENCE);
        }
    }

    private static void halfFrame(Arena arena, byte[] begun) throws IOException {
        try (RawClient client = arena.open()) {
            client.send(begun);
            Arena.readClose(client, 1008, CloseCode.TRY_AGAIN_LATER);
        }
    }
}
