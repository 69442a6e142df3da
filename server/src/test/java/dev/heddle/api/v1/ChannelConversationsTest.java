package dev.heddle.api.v1;

import dev.heddle.support.Conversation;
import dev.heddle.support.TestServer;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/// Holds the conversations of `api/channels.txt` with a real server that has rules for channels.
class ChannelConversationsTest {
    @RegisterExtension
    static final TestServer SERVER =
            new TestServer(
                    TestServer.configured(
                            Map.of(
                                    "HEDDLE_CHANNELS_RULES",
                                    "short:* history=2, closed:* subscribe=backends")));

    static List<Conversation> conversations() {
        return Conversation.read("api/channels.txt");
    }

    @ParameterizedTest
    @MethodSource("conversations")
    void isHeldAsItIsWritten(Conversation conversation) throws IOException {
        conversation.hold(SERVER.heddle());
    }
}
