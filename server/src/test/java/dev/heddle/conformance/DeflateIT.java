package dev.heddle.conformance;

import dev.heddle.support.RawClient;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// permessage-deflate: groups 12 and 13, and the rows of b2 that need it.
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
        return lines().filter(line -> !line.group().equals("b2")).toList();
    }

    static List<CaseLine> rows() {
        return lines().filter(line -> line.group().equals("b2")).toList();
    }

    private static Stream<CaseLine> lines() {
        return CaseLine.read("deflate.txt").stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("groups")
    void bringsBackEachMessage(CaseLine line) throws Exception {
        DeflateCase.parse(line).play(SERVER.port());
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
