package dev.heddle.lifecycle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.heddle.support.Deflated;
import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;
import dev.heddle.support.SmallInflater;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/// Receivers with and without compression together.
class CompressionIT {
    private static final String P = "permessage-deflate";
    private static final String TEXT = "warp and weft, ".repeat(100);

    @RegisterExtension
    static final TestServer SERVER =
            new TestServer(
                    TestServer.configured(
                            Map.of(
                                    "HEDDLE_DIAGNOSTICS", "true",
                                    "HEDDLE_WS_DEFLATE", "true",
                                    "HEDDLE_ECHO_DEFLATE", "true",
                                    "HEDDLE_ACC_DEFLATE", "true",
                                    "HEDDLE_LIMITS_OUTBOX_BYTES", "64MiB")));

    private static RawClient open(String target, int bits) throws IOException {
        String offer = bits == 15 ? P : P + "; server_max_window_bits=" + bits;
        return RawClient.open(SERVER.port(), target, offer, offer);
    }

    private static String text(RawFrame frame, int bits) {
        return frame.reservedBits() == 0
                ? frame.text()
                : new String(SmallInflater.inflate(bits, frame.payload()), UTF_8);
    }

    @Test
    void eachReceiverOfAPublicationGetsItAsItWasAgreed() throws Exception {
        try (RawClient plain = RawClient.open(SERVER.port(), "/ws");
                RawClient large = open("/ws", 15);
                RawClient small = open("/ws", 9);
                RawClient alike = open("/ws", 9)) {
            plain.send(RawFrame.text(TEXT));
            assertEquals(TEXT, plain.readFrame().text());
            RawFrame toLarge = large.readFrame();
            RawFrame toSmall = small.readFrame();
            assertEquals(4, toLarge.reservedBits());
            assertEquals(4, toSmall.reservedBits());
            assertEquals(TEXT, text(toLarge, 15));
            assertEquals(TEXT, text(toSmall, 9));
            assertArrayEquals(toSmall.payload(), alike.readFrame().payload());
            large.send(RawFrame.of(RawFrame.TEXT, Deflated.alone(TEXT.getBytes(UTF_8))).rsv(4));
            assertEquals(TEXT, plain.readFrame().text());
            for (RawClient each : List.of(large, small, alike)) {
                assertEquals(TEXT, text(each.readFrame(), each.equals(large) ? 15 : 9));
            }
        }
    }

    /// A client that has offered nothing gets no reserved bit, whatever others have agreed on.
    @Test
    void whoOffersNothingMayNotCompressEither() throws Exception {
        try (RawClient compressed = open("/ws", 15);
                RawClient plain = RawClient.open(SERVER.port(), "/ws")) {
            assertTrue(compressed.host().equals(plain.host()));
            plain.send(RawFrame.of(RawFrame.TEXT, Deflated.alone((byte) 'x')).rsv(4));
            plain.expectClose(1002);
        }
    }

    @Test
    void usersGetRepliesAndPushesCompressed() throws Exception {
        try (RawClient ann = open("/acc", 12);
                RawClient bob = open("/acc", 15)) {
            for (RawClient each : List.of(ann, bob)) {
                String user = each.equals(ann) ? "ann" : "bob";
                send(
                        each,
                        "login",
                        "{\"serviceToken\":\"\",\"appID\":101,\"userID\":\"%s\"}".formatted(user));
                assertTrue(text(each.readFrame(), 12).contains("Success"));
            }
            assertTrue(text(ann.readFrame(), 12).contains("\"enter\""));
            send(bob, "msgAll", "{\"message\":\"" + TEXT + "\"}");
            RawFrame push = ann.readFrame();
            assertEquals(4, push.reservedBits());
            assertTrue(text(push, 12).contains(TEXT));
            assertTrue(text(bob.readFrame(), 15).contains("Success"));
            send(ann, "msg", "{\"userID\":\"bob\",\"message\":\"" + TEXT + "\"}");
            RawFrame direct = bob.readFrame();
            assertEquals(4, direct.reservedBits());
            assertTrue(text(direct, 15).contains(TEXT));
        }
    }

    private static void send(RawClient to, String command, String data) throws IOException {
        String request = "{\"seq\":\"1\",\"cmd\":\"%s\",\"data\":%s}".formatted(command, data);
        to.send(RawFrame.of(RawFrame.TEXT, Deflated.alone(request.getBytes(UTF_8))).rsv(4));
    }
}
