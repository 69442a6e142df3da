package dev.heddle.acc;

import dev.heddle.support.TestServer;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;

/// Every command, with Heddle's defaults.
class CommandsTest {
    @RegisterExtension static final TestServer SERVER = new TestServer(TestServer.settings());

    static List<GoldenCase> cases() {
        return GoldenCase.read("commands.txt");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void answers(GoldenCase conversation) throws Exception {
        conversation.play(SERVER.heddle());
    }
}
