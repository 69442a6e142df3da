package dev.heddle.conformance;

import dev.heddle.support.Patience;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Duration;
import java.util.List;

/// Large messages, many fragments, small writes, many round trips: group 9.
class SizesIT {
    private static final Duration PATIENCE = Patience.BOUND;

    @RegisterExtension static final TestServer SERVER = new TestServer(TestServer.settings());

    static List<CaseLine> cases() {
        return CaseLine.read("sizes.txt");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void echoes(CaseLine line) throws Exception {
        FrameCase.parse(line).play(SERVER.port(), PATIENCE);
    }
}
