package dev.heddle.acc;

import dev.heddle.support.Conversation;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.util.List;

/// Every command, with Heddle's defaults.
class CommandsTest {
    @RegisterExtension static final TestServer SERVER = new TestServer(TestServer.settings());

    static List<Conversation> cases() {
        return Conversation.read("acc/commands.txt");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void answers(Conversation conversation) throws IOException {
        conversation.hold(SERVER.heddle());
    }
}
