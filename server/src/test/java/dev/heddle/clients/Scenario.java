package dev.heddle.clients;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;

/// What each client does on `/echo`, one entry each; a clean closing handshake follows.
enum Scenario {
    TEXT("text", c -> echoText(c, "Gewebe, 织物, ткань, \uD83E\uDDF5")),
    BINARY("binary", c -> echoBinary(c, bytes(256))),
    EMPTY(
            "empty messages",
            c -> {
                echoText(c, "");
                echoBinary(c, bytes(0));
            }),
    KIB_64(
            "64 KiB",
            c -> {
                echoText(c, text(64 << 10));
                echoBinary(c, bytes(64 << 10));
            }),
    MIB_1(
            "1 MiB",
            c -> {
                echoText(c, text(1 << 20));
                echoBinary(c, bytes(1 << 20));
            }),
    FRAGMENTS("fragments", Scenario::echoFragments),
    PING("ping", Conversation::pingAndAwaitPong),
    CLOSE_WITH_REASON(
            "close with reason",
            c -> {
                c.sendClose(3001, "genug für heute");
                c.expect(new Event.Closed(3001, ""));
            });

    private interface Script {
        void play(Conversation conversation) throws Exception;
    }

    private final String title;

    @SuppressWarnings("ImmutableEnumChecker") // a lambda that holds nothing
    private final Script script;

    Scenario(String title, Script script) {
        this.title = title;
        this.script = script;
    }

    /// Plays the scenario with a client whose connection is open.
    void play(Conversation conversation) throws Exception {
        script.play(conversation);
        if (this != CLOSE_WITH_REASON) {
            conversation.sendClose(1000, "");
            conversation.expect(new Event.Closed(1000, ""));
        }
    }

    @Override
    public String toString() {
        return title;
    }

    private static void echoText(Conversation conversation, String text) throws Exception {
        conversation.sendText(List.of(text));
        conversation.expect(new Event.Text(text));
    }

    private static void echoBinary(Conversation conversation, byte[] bytes) throws Exception {
        conversation.sendBinary(List.of(bytes));
        conversation.expect(new Event.Binary(ByteBuffer.wrap(bytes)));
    }

    private static void echoFragments(Conversation conversation) throws Exception {
        List<String> parts = List.of("Kette ", "", "und Schuß: ", "\uD83E\uDDF6", "!");
        conversation.sendText(parts);
        conversation.expect(new Event.Text(String.join("", parts)));
        conversation.sendBinary(List.of(new byte[] {1, 2}, new byte[0], new byte[] {3}));
        conversation.expect(new Event.Binary(ByteBuffer.wrap(new byte[] {1, 2, 3})));
    }

    /// Code points of one to four bytes in UTF-8, exactly `length` bytes in all.
    private static String text(int length) {
        String tenBytes = "aß€\uD83E\uDDF5";
        return tenBytes.repeat(length / 10) + "x".repeat(length % 10);
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
