package dev.heddle.conformance;

import dev.heddle.support.RawClient;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Map;

/// Frames, fragments, UTF-8 and the closing handshake: groups 1 to 7 and 10, and b2.
class FramesIT {
    /// Some cases are thousands of pings, which the server would rest between.
    @RegisterExtension
    static final TestServer SERVER =
            new TestServer(
                    TestServer.configured(
                            Map.of(
                                    "HEDDLE_DIAGNOSTICS", "true",
                                    "HEDDLE_PACES_CONTROL_FRAMES_PER_SECOND", "0")));

    static List<CaseLine> cases() {
        return CaseLine.read("frames.txt");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void answers(CaseLine line) throws Exception {
        FrameCase.parse(line).play(SERVER.port(), RawClient.PATIENCE);
    }
}
