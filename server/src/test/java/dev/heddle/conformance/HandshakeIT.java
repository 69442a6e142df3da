package dev.heddle.conformance;

import dev.heddle.support.TestServer;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;

/// The opening handshake: b1.
class HandshakeIT {
    @RegisterExtension static final TestServer SERVER = new TestServer(TestServer.settings());

    static List<CaseLine> cases() {
        return CaseLine.read("handshake.txt");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void answers(CaseLine line) throws Exception {
        HandshakeCase.parse(line).play(SERVER.port());
    }
}
