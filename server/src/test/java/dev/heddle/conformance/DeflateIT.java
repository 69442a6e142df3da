package dev.heddle.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.heddle.support.Deflated;
import dev.heddle.support.RawClient;
import dev.heddle.support.RawFrame;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// permessage-deflate: groups 12 and 13, how it is negotiated, and the rows of b2 that need it.
class DeflateIT {
    private static final String P = "permessage-deflate";

    @RegisterExtension
    static final TestServer SERVER =
            new TestServer(
                    TestServer.configured(
                            Map.of(
                                    "HEDDLE_DIAGNOSTICS", "true",
                                    "HEDDLE_WS_DEFLATE", "true",
                                    "HEDDLE_ECHO_DEFLATE", "true",
                                    "HEDDLE_ACC_DEFLATE", "true")));

    static List<CaseLine> groups() {
        return Stream.of("12", "13").flatMap(DeflateIT::lines).toList();
    }

    static List<CaseLine> offers() {
        return lines("b1").toList();
    }

    static List<CaseLine> rows() {
        return lines("b2").toList();
    }

    private static Stream<CaseLine> lines(String group) {
        return CaseLine.read("deflate.txt").stream().filter(line -> line.group().equals(group));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("groups")
    void bringsBackEachMessage(CaseLine line) throws Exception {
        DeflateCase.parse(line).play(SERVER.port());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("offers")
    void acceptsWhatItCanHonour(CaseLine line) throws Exception {
        String offers = line.columns().getFirst().replace("\\r\\n", "\r\n");
        String answer = line.columns().getLast();
        boolean isAccepted = !answer.equals("-");
        String accepted = isAccepted ? extension(answer) : "";
        RawFrame plain = RawFrame.text("a text, a text, and another text, ".repeat(10));
        RawFrame deflated = RawFrame.of(RawFrame.TEXT, Deflated.alone(plain.payload())).rsv(4);
        try (RawClient client =
                RawClient.open(SERVER.port(), "/echo", extension(offers), accepted)) {
            client.send(isAccepted ? deflated : plain);
            assertEquals(isAccepted ? 4 : 0, client.readFrame().reservedBits());
            client.send(isAccepted ? RawFrame.close(1000, "") : deflated);
            client.expectClose(isAccepted ? 1000 : 1002);
        } catch (AssertionError e) {
            throw line.failed(e);
        }
    }

    private static String extension(String notation) {
        return notation.replaceAll("\\bP\\b", P);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void answers(CaseLine line) throws Exception {
        FrameCase frames = FrameCase.parse(line);
        try (RawClient client = RawClient.open(SERVER.port(), frames.target(), P, P)) {
            new Conversation(client, RawClient.PATIENCE).play(frames.exchanges());
        } catch (AssertionError e) {
            throw line.failed(e);
        }
    }
}
