package dev.heddle.api;

import dev.heddle.support.Conversation;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/// Holds the conversations of the files in `api/` with a real server.
class ApiConversationsTest {
    @RegisterExtension static final TestServer SERVER = new TestServer(TestServer.settings());

    static Stream<Conversation> conversations() {
        return Stream.of(Conversation.read("api/gowebsocket.txt"), Conversation.read("api/v1.txt"))
                .flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("conversations")
    void isHeldAsItIsWritten(Conversation conversation) throws IOException {
        conversation.hold(SERVER.heddle());
    }
}
