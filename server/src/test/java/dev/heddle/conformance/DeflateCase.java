package dev.heddle.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.support.Deflated;
import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;
import dev.heddle.support.SmallInflater;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// One case of groups 12 and 13: messages that are sent compressed and come back.
///
/// @param line where it stands
/// @param offers what the tester offers
/// @param accepted the whole answer
/// @param kind of the messages
/// @param size of each message
/// @param split at how many bytes it is cut into fragments; 0 for not at all
record DeflateCase(
        CaseLine line, String offers, String accepted, String kind, int size, int split) {
    private static final Pattern MESSAGES = Pattern.compile("(\\w+) (\\w+)(?: split=(\\w+))?");
    private static final Pattern WINDOW = Pattern.compile("server_max_window_bits=(\\d+)");

    /// Autobahn sends 1,000 messages in each case.
    private static final int MAX_MESSAGES = 50;

    private static final int BYTES = 512 << 10;

    static DeflateCase parse(CaseLine line) {
        MatchResult messages =
                MESSAGES.matcher(line.columns().get(2)).results().findFirst().orElseThrow();
        String split = messages.group(3);
        return new DeflateCase(
                line,
                extension(line.columns().get(0)),
                extension(line.columns().get(1)),
                messages.group(1),
                Math.toIntExact(Payload.number(messages.group(2))),
                split == null ? 0 : Math.toIntExact(Payload.number(split)));
    }

    private static String extension(String notation) {
        return notation.replaceAll("\\bP\\b", "permessage-deflate");
    }

    void play(int port) throws IOException {
        int opcode = kind.equals("json") || kind.equals("html") ? RawFrame.TEXT : RawFrame.BINARY;
        Random random = new Random(size);
        try (RawClient client = RawClient.open(port, "/echo", offers, accepted)) {
            for (int i = 0; i < Math.clamp(BYTES / size, 4, MAX_MESSAGES); i++) {
                byte[] message = message(random);
                send(client, opcode, Deflated.alone(message));
                RawFrame answer = client.readFrame();
                assertEquals(opcode, answer.opcode());
                assertArrayEquals(message, inflated(answer));
            }
            client.send(RawFrame.close(1000, ""));
            client.expectClose(1000);
        } catch (AssertionError e) {
            throw line.failed(e);
        }
    }

    private byte[] inflated(RawFrame answer) {
        int bits =
                WINDOW.matcher(accepted)
                        .results()
                        .mapToInt(it -> Integer.parseInt(it.group(1)))
                        .findFirst()
                        .orElse(15);
        return answer.reservedBits() == 0
                ? answer.payload()
                : SmallInflater.inflate(bits, answer.payload());
    }

    private void send(RawClient client, int opcode, byte[] payload) throws IOException {
        int step = split == 0 ? payload.length : split;
        for (int at = 0; at < payload.length; at += step) {
            int end = Math.min(payload.length, at + step);
            RawFrame frame =
                    RawFrame.of(
                            at == 0 ? opcode : RawFrame.CONTINUATION,
                            Arrays.copyOfRange(payload, at, end));
            frame = at == 0 ? frame.rsv(4) : frame;
            client.send(end == payload.length ? frame : frame.unfinished());
        }
    }

    private byte[] message(Random random) {
        byte[] bytes = new byte[size];
        switch (kind) {
            case "noise" -> random.nextBytes(bytes);
            case "bitmap" -> Arrays.setAll(new Object[size], i -> bytes[i] = pixel(i, random));
            default -> {
                StringBuilder text = new StringBuilder(size + 200);
                while (text.length() < size) {
                    text.append(sentence(random));
                }
                byte[] ascii = text.toString().getBytes(StandardCharsets.US_ASCII);
                System.arraycopy(ascii, 0, bytes, 0, size);
            }
        }
        return bytes;
    }

    private static byte pixel(int at, Random random) {
        return (byte) (random.nextInt(50) == 0 ? random.nextInt() : at / 97 % 7);
    }

    private String sentence(Random random) {
        int number = random.nextInt(10_000);
        return switch (kind) {
            case "json" ->
                    "{\"id\":" + number + ",\"name\":\"user " + number % 77 + "\",\"ok\":true},";
            case "html" -> "<li class=\"entry\"><a href=\"/p/" + number + "\">page</a></li>\n";
            case "prose" ->
                    "In " + number + " looms out of " + number % 13 + " the heddle was worn. ";
            default -> throw new TableException("no kind of messages: " + kind);
        };
    }
}
