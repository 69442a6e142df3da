package dev.heddle.support;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.StringJoiner;

/// That the client which all tests of a server rely on accepts nothing wrong.
class RawClientTest {
    private ServerSocket listener;
    private RawClient client;
    private Socket server;

    @BeforeEach
    void connect() throws IOException {
        listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        client = RawClient.connect(listener.getLocalPort());
        server = listener.accept();
    }

    @AfterEach
    void disconnect() throws IOException {
        client.close();
        server.close();
        listener.close();
    }

    private void serve(byte[] bytes) throws IOException {
        server.getOutputStream().write(bytes);
        server.shutdownOutput();
    }

    @ParameterizedTest
    @CsvSource({
        "8100, T",
        "810161, T=61",
        "0101c38001a9, T=c3a9",
        "0201ff000080017f, B=ff7f",
        "010161890080017a, PI T=617a",
        "8201ff, B=ff",
        "8900, PI",
        "8a0161, PO=61",
        "8800, CL",
        "880203e8, CL(1000)=03e8",
        "880403e8c3a9, CL(1000)=03e8c3a9"
    })
    void readsWhatIsRight(String hex, String frames) throws IOException {
        serve(HexFormat.of().parseHex(hex));
        StringJoiner read = new StringJoiner(" ");
        Optional<RawFrame> next = client.readFrameOrEnd();
        while (next.isPresent()) {
            read.add(next.get().toString());
            next = client.readFrameOrEnd();
        }
        assertEquals(frames, read.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "8002c3a9, a continuation of nothing",
        "0101618100, a message in a message",
        "010161, a message that does not end",
        "0101c3800161, fragments that are no UTF-8",
        "81810000000000, masked",
        "c100, RSV1",
        "a100, RSV2",
        "9100, RSV3",
        "8300, opcode 3",
        "8b00, opcode 11",
        "0900, ping without FIN",
        "897e007e, ping of 126 bytes",
        "817e0005, length 5 in 16 bits",
        "817f0000000000000005, length 5 in 64 bits",
        "817f8000000000000000, length with the top bit",
        "8101c3, text that is not UTF-8",
        "880103, close of one byte",
        "880303e8c3, reason that is not UTF-8",
        "8105, cut off",
    })
    void refusesAWrongFrame(String hex, String why) throws IOException {
        serve(HexFormat.of().parseHex(hex));
        assertThrows(AssertionError.class, client::readFrame, why);
    }

    @Test
    void showsBothDirectionsWhenItFails() throws IOException {
        client.send(RawFrame.text("Hi"));
        serve("HTTP/1.1 ".getBytes(StandardCharsets.US_ASCII));
        String message = assertThrows(AssertionError.class, client::readFrame).toString();
        assertTrue(message.contains("sent 8 bytes\n  00000000  81 82 37 fa 21 3d 7f 93"), message);
        assertTrue(message.contains("received 9 bytes\n  00000000  48 54 54 50"), message);
        assertTrue(message.contains("|HTTP/1.1 |"), message);
    }

    @Test
    void endsAReadByItsDeadline() throws IOException {
        client.readWithin(Duration.ofMillis(50));
        server.getOutputStream().write(0x81);
        AssertionError failure = assertThrows(AssertionError.class, client::readFrame);
        assertTrue(failure.toString().contains("received 1 bytes"), failure::toString);
    }

    @Test
    void tellsAResetFromAnEnd() throws IOException {
        server.setSoLinger(true, 0);
        server.close();
        assertThrows(AssertionError.class, client::expectEnd);
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.1 200 OK\\nContent-Length: 2\\n\\nok, 200",
        "HTTP/1.1 101 Switching Protocols\\nUpgrade: websocket\\n\\n, 101",
    })
    void readsARightAnswer(String answer, int status) throws IOException {
        serve(answer.replace("\\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
        assertEquals(status, client.readAnswer("GET").status());
        client.expectEnd();
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP/1.0 200 OK\\nContent-Length: 0\\n\\n",
        "HTTP/1.1 200\\nContent-Length: 0\\n\\n",
        "HTTP/1.1 200 OK\\n\\nno length",
        "HTTP/1.1 200 OK\\nContent-Length: 3\\n\\nok",
        "HTTP/1.1 200 OK\\nContent-Length : 0\\n\\n",
    })
    void refusesAWrongAnswer(String answer) throws IOException {
        serve(answer.replace("\\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
        assertThrows(AssertionError.class, () -> client.readAnswer("GET"));
    }

    @Test
    void encodesFramesAsTheStandardShowsThem() {
        HexFormat hex = HexFormat.of();
        assertEquals("818537fa213d7f9f4d5158", hex.formatHex(RawFrame.text("Hello").encoded()));
        assertEquals("810548656c6c6f", hex.formatHex(RawFrame.text("Hello").unmasked().encoded()));
        byte[] kilobyte = RawFrame.binary(new byte[256]).unmasked().encoded();
        assertEquals("827e0100", hex.formatHex(kilobyte, 0, 4));
        byte[] large = RawFrame.binary(new byte[65536]).unmasked().encoded();
        assertEquals("827f0000000000010000", hex.formatHex(large, 0, 10));
    }

    @Test
    void encodesFramesThatBreakTheRules() {
        RawFrame odd = RawFrame.of(11).unfinished().rsv(5).unmasked().lengthBytes(8).declaring(3);
        assertArrayEquals(HexFormat.of().parseHex("5b7f0000000000000003"), odd.encoded());
    }
}
