package dev.heddle.abuse;

import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/// Abuse with frames that break a rule or a limit: each is answered with its close code.
final class BadFrames {
    private static final int FRAME_LIMIT = HubUnderAbuseIT.MAX_MESSAGE_BYTES;

    private BadFrames() {}

    static List<Abuse> all() {
        return List.of(
                bad("a reserved bit", 1002, RawFrame.text("x").rsv(4)),
                bad("a reserved opcode", 1002, RawFrame.of(3, (byte) 1)),
                bad("a reserved control opcode", 1002, RawFrame.of(11)),
                bad("an unmasked text", 1002, RawFrame.text("x").unmasked()),
                bad("an unmasked ping", 1002, RawFrame.ping("x").unmasked()),
                bad("a length in too many bytes", 1002, RawFrame.text("hello").lengthBytes(8)),
                bad("a length with its top bit", 1002, RawFrame.text("x").declaring(1L << 63)),
                bad("a length of 2^63-1", 1009, RawFrame.binary().declaring(Long.MAX_VALUE)),
                bad("a length of 4 GiB", 1009, RawFrame.binary().declaring(1L << 32)),
                bad("a length of 1 GiB", 1009, RawFrame.binary().declaring(1L << 30)),
                bad("a frame over the limit", 1009, RawFrame.binary(new byte[FRAME_LIMIT + 1])),
                bad(
                        "a message over the limit",
                        1009,
                        RawFrame.binary(new byte[FRAME_LIMIT]).unfinished(),
                        RawFrame.of(RawFrame.CONTINUATION, (byte) 1)),
                bad("a ping of 1 GiB", 1002, RawFrame.ping("").declaring(1L << 30)),
                bad("a fragmented ping", 1002, RawFrame.ping("x").unfinished()),
                bad("a stray continuation", 1002, RawFrame.of(RawFrame.CONTINUATION)),
                bad(
                        "a message in a message",
                        1002,
                        RawFrame.text("").unfinished(),
                        RawFrame.text("x")),
                bad("a text that is not UTF-8", 1007, hex(RawFrame.TEXT, "cebaeda080")),
                bad("a text cut in a code point", 1007, hex(RawFrame.TEXT, "c3")),
                bad("a Close of one byte", 1002, hex(RawFrame.CLOSE, "03")),
                bad("a Close with 1005", 1002, RawFrame.close(1005, "")),
                bad("a Close with 5000", 1002, RawFrame.close(5000, "")),
                bad("a reason that is not UTF-8", 1007, hex(RawFrame.CLOSE, "03e8ff")),
                new Abuse("random bytes as frames", BadFrames::random));
    }

    private static Abuse bad(String name, int code, RawFrame... frames) {
        return new Abuse(
                name,
                (arena, random) -> {
                    try (RawClient client = arena.open()) {
                        client.send(frames);
                        Arena.readClose(client, code);
                    }
                });
    }

    private static RawFrame hex(int opcode, String payload) {
        return RawFrame.of(opcode, HexFormat.of().parseHex(payload));
    }

    /// Whatever they mean, the connection ends: at the latest when no message gets whole.
    private static void random(Arena arena, Random random) throws IOException {
        try (RawClient client = arena.open()) {
            byte[] bytes = new byte[1000];
            random.nextBytes(bytes);
            client.send(bytes);
            client.endOutput();
            client.readToEnd();
        }
    }
}
