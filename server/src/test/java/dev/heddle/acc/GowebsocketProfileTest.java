package dev.heddle.acc;

import dev.heddle.support.Conversation;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/// What `profile: gowebsocket` changes.
class GowebsocketProfileTest {
    @RegisterExtension
    static final TestServer SERVER =
            new TestServer(TestServer.configured(Map.of("HEDDLE_PROFILE", "gowebsocket")));

    static List<Conversation> cases() {
        return Conversation.read("acc/gowebsocket.txt");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void answers(Conversation conversation) throws IOException {
        conversation.hold(SERVER.heddle());
    }
}
