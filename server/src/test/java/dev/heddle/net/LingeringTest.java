package dev.heddle.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.config.Settings;
import dev.heddle.session.EchoEndpoint;
import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// A peer that has sent a lot before it reads still hears why the server has ended it, and sees an
/// orderly end.
class LingeringTest {
    /// Far more than the buffers of both sockets hold.
    private static final byte[] A_LOT = new byte[20 << 20];

    private final HandTurnedServer server = serve();

    private static HandTurnedServer serve() {
        try {
            return new HandTurnedServer(new EchoEndpoint(), Settings.defaults().deadlines());
        } catch (IOException unbound) {
            throw new AssertionError(unbound);
        }
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        server.close();
        server.awaitNothingLeft();
    }

    static Stream<Arguments> faults() {
        RawFrame rest = RawFrame.binary(A_LOT);
        RawFrame[] fragments = new RawFrame[9000];
        Arrays.fill(fragments, RawFrame.of(RawFrame.CONTINUATION).unfinished());
        fragments[0] = RawFrame.binary().unfinished();
        fragments[fragments.length - 1] = rest;
        return Stream.of(
                Arguments.of("a frame over the limit", 1009, new RawFrame[] {rest}),
                Arguments.of(
                        "a frame that is not masked",
                        1002,
                        new RawFrame[] {RawFrame.text("a").unmasked(), rest}),
                Arguments.of(
                        "a text that is not UTF-8",
                        1007,
                        new RawFrame[] {RawFrame.of(RawFrame.TEXT, (byte) 0xFF), rest}),
                Arguments.of("too many fragments", 1008, fragments),
                Arguments.of(
                        "more after the goodbye",
                        1000,
                        new RawFrame[] {RawFrame.close(1000, ""), rest}));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void whoSendsALotBeforeItReadsStillHearsWhyItEnds(String what, int code, RawFrame[] frames)
            throws Exception {
        try (RawClient client = RawClient.open(server.port(), "/")) {
            client.send(frames);
            client.expectClose(code);
        }
    }

    @Test
    void aRefusedRequestWithALargeBodyStillGetsItsAnswer() throws Exception {
        try (RawClient client = RawClient.connect(server.port())) {
            client.send(
                    RawClient.request(
                            "POST /nowhere HTTP/1.1",
                            List.of("Host: a", "Content-Length: " + A_LOT.length)));
            client.send(A_LOT);
            int status = client.readAnswer("POST").status();
            assertEquals(4, status / 100, status + " for a request that is refused");
            client.expectEnd();
        }
    }

    @Test
    void aHeadWithoutEndStillGetsItsAnswer() throws Exception {
        try (RawClient client = RawClient.connect(server.port())) {
            byte[] endless = A_LOT.clone();
            Arrays.fill(endless, (byte) 'a');
            client.send(endless);
            assertEquals(414, client.readAnswer("GET").status());
            client.expectEnd();
        }
    }
}
